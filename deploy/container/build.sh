#!/bin/sh
# What the image's stages do, so that it can be done, and tested, without a container engine:
#   build.sh compile FROM TO    compiles the demo of the checkout FROM, whose packages are installed, into TO/demo
#   build.sh install FROM TO    installs into TO/node_modules what the lock file of FROM has for it, and nothing else
set -eu
step=$1
from=$2
to=$3

case $step in
compile)
  cd "$from"
  node --input-type=module -e '
    const { stagePackage } = await import(`${process.cwd()}/scripts/pack.ts`);
    await stagePackage("demo", process.argv[1]);
  ' "$to"
  ;;
install)
  # A folder moved onto another goes into it, and the old packages would stay in use.
  if [ -e "$to/node_modules" ]; then
    echo "build.sh: $to has packages already; name a folder of its own for each release" >&2
    exit 2
  fi
  mkdir -p "$to"
  cd "$from"
  npm ci --omit=dev --workspace demo --ignore-scripts --no-audit --no-fund
  # The workspace's own folders are linked there; the compiled program takes their place.
  find node_modules -maxdepth 2 -type l -not -path '*/.bin/*' -delete
  mv node_modules "$to/node_modules"
  ;;
*)
  echo "build.sh: no step $step; there are compile and install" >&2
  exit 2
  ;;
esac
