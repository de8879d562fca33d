#!/bin/sh
# /usr/local/bin/citizen-eye: the command as the service has it, with its user, its settings and its folder.
exec sudo --user=citizen-eye sh -c '
	set -a
	. /etc/citizen-eye/env
	cd /var/lib/citizen-eye
	exec /opt/citizen-eye/.venv/bin/citizen-eye "$@"
' citizen-eye "$@"
