"""Commands in the pods of an app, through kubectl: logs, a shell, psql, and a pod for one command."""
