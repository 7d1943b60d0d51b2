# syntax=docker/dockerfile:1
# Build and run on the same image, so that the Python that resolved the packages is the one that runs them.
FROM docker.io/library/python:3.13-slim-trixie AS build
WORKDIR /function
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
# Dependencies first: they change less often than the function.
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project
COPY README.md LICENSE ./
COPY function function
RUN uv sync --locked --no-dev --no-editable

FROM docker.io/library/python:3.13-slim-trixie
LABEL org.opencontainers.image.title="function-nodeapp" \
      org.opencontainers.image.description="Composes Node apps from one short NodeApp" \
      org.opencontainers.image.source="https://github.com/acme/function-nodeapp" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /function/.venv /function/.venv
ENV PATH="/function/.venv/bin:$PATH" PYTHONDONTWRITEBYTECODE=1
EXPOSE 9443
USER 65532:65532
ENTRYPOINT ["function"]
