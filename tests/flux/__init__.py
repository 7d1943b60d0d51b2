"""The fleet of example/flux on a control plane: Flux's own controllers find, deploy and judge apps."""
