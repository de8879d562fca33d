#!/bin/sh
# /usr/local/bin/citizen-eye: the command as the service has it, with its user, its settings and its folder. For root.
set -eu
while IFS= read -r line; do
	case $line in
	[A-Z]*=\"*\") line=${line%\"} && export "${line%%=*}=${line#*=\"}" ;;
	[A-Z]*=*) export "$line" ;;
	esac
done </etc/citizen-eye/env
cd /var/lib/citizen-eye
umask 077
exec runuser --user citizen-eye -- /opt/citizen-eye/.venv/bin/citizen-eye "$@"
