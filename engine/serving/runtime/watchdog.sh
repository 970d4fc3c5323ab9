# Outlives the host by a moment: its standard input closes when the host ends, however that happens.
# Lines: "add PGID", "del PGID". $1: the directory of sockets, removed at the end.
trap '' HUP INT TERM
groups=' '
while read -r verb pgid; do
  case $verb in
    add) groups="$groups$pgid " ;;
    del)
      kept=' '
      for g in $groups; do [ "$g" = "$pgid" ] || kept="$kept$g "; done
      groups=$kept
      ;;
  esac
done
for g in $groups; do kill -s KILL -- "-$g" 2>/dev/null; done
rm -rf -- "$1"
