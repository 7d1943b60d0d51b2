/** Where everything is, as the test that starts a story says it. */
const told = (name) => {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: stories are run by tests/golden_path/test_browser.py`);
  return value;
};

export const ORIGIN = told('SITE_ORIGIN');
export const ISSUER = told('SITE_ISSUER');
export const CHROMIUM = told('SITE_CHROMIUM');
export const ARTIFACTS = told('SITE_ARTIFACTS');
