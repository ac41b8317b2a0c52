#!/usr/bin/env bash
# The course on The Littlest JupyterHub, one machine for a school: run this there, as root, once the hub is installed.
#
#   sudo bash hub/the-littlest-jupyterhub.sh dist/twitchlib-0.1.0-py3-none-any.whl
#
# Run it again with a newer wheel to update: a student's own work is kept.
set -euo pipefail

wheel=$(realpath "${1:?which wheel? make one with: pip wheel --no-deps --wheel-dir dist .}")
here=$(dirname "$(realpath "$0")")
user_env=/opt/tljh/user

# All versions come from constraints.txt, except JupyterHub's, which has to match the hub's.
hub=$(/opt/tljh/hub/bin/python -c 'import jupyterhub; print(jupyterhub.__version__)')
versions=$(mktemp)
trap 'rm -- "$versions"' EXIT
sed "s/^jupyterhub==.*/jupyterhub==$hub/" "$here/../constraints.txt" >"$versions"
"$user_env/bin/pip" install --constraint "$versions" "${wheel}[hub,readers]"

# Read by a student's server when it starts.
install -D --mode=644 "$here/jupyter/jupyter_server_config.py" "$user_env/etc/jupyter/jupyter_server_config.py"

# Shared data, which everybody can read and only an administrator can change.
install --directory --mode=755 /srv/twitching-data
ln --symbolic --force --no-dereference /srv/twitching-data /etc/skel/shared

# Measured: see docs/how-many.md.
tljh-config set limits.memory 1536M
tljh-config set limits.cpu 2
tljh-config set services.cull.enabled true
tljh-config set services.cull.timeout 3600
tljh-config set user_environment.default_app jupyterlab

# An example: sign-in from a learning platform by LTI 1.3, which requires https. Fill in what the platform shows.
#   /opt/tljh/hub/bin/pip install jupyterhub-ltiauthenticator
#   tljh-config set auth.type ltiauthenticator.lti13.auth.LTI13Authenticator
#   tljh-config set auth.LTI13Authenticator.issuer https://PLATFORM.SCHOOL.EXAMPLE
#   tljh-config set auth.LTI13Authenticator.authorize_url https://PLATFORM.SCHOOL.EXAMPLE/mod/lti/auth.php
#   tljh-config set auth.LTI13Authenticator.jwks_endpoint https://PLATFORM.SCHOOL.EXAMPLE/mod/lti/certs.php
#   tljh-config add-item auth.LTI13Authenticator.client_id CLIENT-ID
#   tljh-config set auth.LTI13Authenticator.username_key sub
#   tljh-config set auth.LTI13Authenticator.allow_all true
#   tljh-config set https.enabled true
#   tljh-config set https.letsencrypt.email YOU@SCHOOL.EXAMPLE
#   tljh-config add-item https.letsencrypt.domains HUB.SCHOOL.EXAMPLE
#   tljh-config reload proxy

tljh-config reload hub
