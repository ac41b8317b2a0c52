"""Files for machines other than this one, checked against schemas and each other."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

import twitchlib
from tests.hub.conftest import HUB, haproxy
from twitchlib.serving.cli import _parser

MANIFESTS = sorted({*(HUB / "kubernetes").glob("*.yaml")} - {HUB / "kubernetes/kustomization.yaml"})
# The oldest and the newest version of Kubernetes that the manifests are checked for.
VERSIONS = ("1.29", "1.34")
SECTIONS = re.compile(r"^(?=[a-z])", re.MULTILINE)


def documents(file: Path) -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load_all(file.read_text(encoding="utf-8"))


ALL = [document for file in MANIFESTS for document in documents(file)]


def one(kind: str, name: str) -> dict[str, Any]:
    [found] = [one for one in ALL if one["kind"] == kind and one["metadata"]["name"] == name]
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.stem)
def test_kubernetes_knows_every_field(file: Path, version: str) -> None:
    for document in documents(file):
        kubernetes_validate.validate(document, version, strict=True)


def test_every_selector_selects_something() -> None:
    labels = {
        one["metadata"]["name"]: one["spec"]["template"]["metadata"]["labels"]
        for one in ALL
        if one["kind"] == "Deployment"
    }
    assert one("Service", "course-servers")["spec"]["selector"] == labels["course"]
    assert one("Service", "course")["spec"]["selector"] == labels["course-proxy"]
    budget = one("PodDisruptionBudget", "course")["spec"]["selector"]["matchLabels"]
    assert budget == labels["course"]
    target = one("HorizontalPodAutoscaler", "course")["spec"]["scaleTargetRef"]
    assert target["name"] in labels
    listed = yaml.safe_load((HUB / "kubernetes" / "kustomization.yaml").read_text())
    assert sorted(listed["resources"]) == [file.name for file in MANIFESTS]
    assert (HUB / "kubernetes" / listed["configMapGenerator"][0]["files"][0]).is_file()


def test_a_pod_that_drains_has_the_time_that_its_server_gives() -> None:
    pod = one("Deployment", "course")["spec"]["template"]["spec"]
    command = pod["containers"][0]["args"]
    chosen = _parser().parse_args(command[1:])
    assert command[0] == "twitchlib"
    assert pod["terminationGracePeriodSeconds"] > 60 * chosen.drain


def sections(file: Path) -> dict[str, list[str]]:
    """Return the lines of each section of a configuration of HAProxy, without its servers."""
    text = re.sub(r"\s*#.*", "", file.read_text(encoding="utf-8"))
    found = {}
    for section in filter(str.strip, SECTIONS.split(text)):
        name, *lines = section.splitlines()
        kept = [line.strip() for line in lines if line.strip()]
        found[name] = [
            line for line in kept if not re.match(r"server|presetenv (COURSE|NAMESPACE)", line)
        ]
    return found


def test_the_proxy_of_the_cluster_has_the_same_rules() -> None:
    here, there = sections(HUB / "haproxy.cfg"), sections(HUB / "kubernetes" / "haproxy.cfg")
    del there["resolvers cluster"]
    assert sorted(there) == sorted(here)
    assert there == here
    assert {"frontend visitors", "backend lessons", "backend files"} < there.keys()


def test_the_image_starts_a_course_and_installs_known_versions() -> None:
    text = (HUB / "Dockerfile").read_text(encoding="utf-8")
    command = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)[-1]
    program, *arguments = yaml.safe_load(command)
    assert program == "twitchlib"
    assert _parser().parse_args(arguments).drain > 0
    assert "USER 1000" in text
    assert "--constraint" in text
    for copied in re.findall(r"^COPY (?!constraints)(\S+) ", text, re.MULTILINE):
        assert (HUB.parent / copied).is_file()


def test_values_name_this_version_and_a_home_of_the_image() -> None:
    values = yaml.safe_load((HUB / "zero-to-jupyterhub.yaml").read_text(encoding="utf-8"))
    student = values["singleuser"]
    assert student["image"]["tag"] == twitchlib.__version__
    home = student["storage"]["homeMountPath"]
    assert f"WORKDIR {home}" in (HUB / "Dockerfile").read_text(encoding="utf-8")
    for mount in student["storage"]["extraVolumeMounts"]:
        assert mount["mountPath"].startswith(home)
        assert mount["readOnly"]
    assert {one["image"] for one in _containers()} >= {f"twitchlib:{twitchlib.__version__}"}


def _containers() -> Iterator[dict[str, Any]]:
    for document in ALL:
        if document["kind"] == "Deployment":
            yield from document["spec"]["template"]["spec"]["containers"]


def test_bash_can_read_the_script() -> None:
    subprocess.run(["bash", "-n", str(HUB / "the-littlest-jupyterhub.sh")], check=True)  # noqa: S607


def test_the_extra_that_is_installed_exists() -> None:
    project = tomllib.loads((HUB.parent / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    for name in ("Dockerfile", "the-littlest-jupyterhub.sh"):
        [asked] = re.findall(r"\[([a-z,]+)\]\"", (HUB / name).read_text(encoding="utf-8"))
        assert set(asked.split(",")) <= extras.keys()


def test_a_students_server_gets_the_hubs_jupyterhub_instead_of_ours() -> None:
    known = (HUB.parent / "constraints.txt").read_text(encoding="utf-8")
    for name, version in (("Dockerfile", "${JUPYTERHUB}"), ("the-littlest-jupyterhub.sh", "$hub")):
        text = (HUB / name).read_text(encoding="utf-8")
        [(pattern, put)] = re.findall(r'sed (?:-i )?"s/(.+)/(.+)/"', text)
        assert put == f"jupyterhub=={version}"
        assert len(re.findall(pattern, known, re.MULTILINE)) == 1


@pytest.mark.parametrize("name", ["haproxy.cfg", "kubernetes/haproxy.cfg"])
def test_haproxy_reads_its_configuration(name: str) -> None:
    subprocess.run([haproxy(), "-c", "-f", str(HUB / name)], check=True, capture_output=True)
