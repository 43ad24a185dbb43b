"""Several hosts: the configuration of a cluster, and the test that starts it and kills its leader."""
