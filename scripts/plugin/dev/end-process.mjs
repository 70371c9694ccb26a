/** Milliseconds until a process that was asked to end is made to. */
const PATIENCE = 3000;

/** Ends a process and what it has left of the group that it leads; resolves when it is gone. */
export function endProcess(child, ask = () => kill(child, 'SIGTERM')) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    const late = setTimeout(() => kill(child, 'SIGKILL'), PATIENCE);
    child.once('exit', () => {
      clearTimeout(late);
      kill(child, 'SIGKILL');
      done();
    });
    ask();
  });
}

function kill(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
