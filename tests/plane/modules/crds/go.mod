// Nothing here is compiled: CRDs are read from these modules' files. So `go mod tidy` would empty it.
module plane/crds

go 1.26.0

require (
	github.com/cloudnative-pg/plugin-barman-cloud v0.15.0
	github.com/external-secrets/external-secrets v1.3.2
	github.com/prometheus-operator/prometheus-operator v0.85.0
	sigs.k8s.io/gateway-api v1.6.3
)
