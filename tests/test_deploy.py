"""The cluster's configuration fits the rules it rests on; `make cluster-test` starts it."""

from __future__ import annotations

from pathlib import Path

import yaml

from deploy.cluster import Machine
from deploy.tools import Tools


def test_the_configuration_of_three_hosts_names_them_all_and_acknowledges_by_quorum(tmp_path: Path) -> None:
    tools = Tools(Path("etcd"), Path("bin"), "python", Path("patroni"), None)
    machines = [Machine(f"host{number}", tmp_path / f"host{number}", tools, "127.0.0.1", ()) for number in range(3)]
    for machine in machines:
        machine.configure(machines)
    for machine in machines:
        etcd, patroni = (yaml.safe_load((machine.folder / f"{name}.yml").read_text()) for name in ("etcd", "patroni"))
        assert etcd["name"] == patroni["name"] == machine.name
        assert all(f"{one.name}=http" in etcd["initial-cluster"] for one in machines)
        assert len(patroni["etcd3"]["hosts"].split(",")) == 3
        settings = patroni["bootstrap"]["dcs"]
        assert settings["loop_wait"] + 2 * settings["retry_timeout"] <= settings["ttl"] >= 20
        assert (settings["synchronous_mode"], settings["synchronous_mode_strict"]) == ("quorum", True)
        assert settings["postgresql"]["parameters"]["synchronous_commit"] == "on"
        assert "$" not in (machine.folder / "patroni.yml").read_text()
