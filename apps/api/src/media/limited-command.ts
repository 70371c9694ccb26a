export interface ProcessLimits {
  /** Bytes of address space. */
  memory: number;
  cpuSeconds: number;
  /** Bytes of the largest file it may write. */
  fileSize: number;
}

/** Below what answers requests. */
const NICENESS = '10';
/** POSIX counts `ulimit -f` in blocks of 512 bytes. */
const BLOCK = 512;
const KIB = 1024;

/**
 * The shell stays as leader of the process group. It holds our end of a pipe as standard input: when this process dies in
 * whatever way, the pipe closes and the group is killed, so that no ffmpeg outlives its worker. Limits are set by `ulimit`
 * rather than `prlimit`, since every POSIX shell has it; `-v` is what macOS lacks, there the other limits must do.
 */
const SCRIPT = `
ulimit -c 0
ulimit -f "$1" && ulimit -t "$2" || exit 126
[ "$3" = 0 ] || ulimit -v "$3" || exit 126
shift 3
exec 3<&0
nice -n ${NICENESS} "$@" </dev/null 3<&- &
work=$!
{ read -r _ <&3; kill -9 0; } >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$work"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
`;

/** What to start so that `file` runs under limits; `file` itself where there is no POSIX shell. */
export function underLimits(
  file: string,
  parameters: string[],
  { memory, cpuSeconds, fileSize }: ProcessLimits,
  platform: NodeJS.Platform = process.platform,
): [string, string[]] {
  if (platform === 'win32') return [file, parameters];
  const limits = [
    Math.ceil(fileSize / BLOCK),
    Math.ceil(cpuSeconds),
    platform === 'linux' ? Math.floor(memory / KIB) : 0,
  ];
  return ['/bin/sh', ['-c', SCRIPT, 'sh', ...limits.map(String), file, ...parameters]];
}
