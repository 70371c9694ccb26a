const RETRY_MS = 250;

/** How things stand with the plugin in the making, as `vidiverse plugin dev` tells it. */
interface Standing {
  /** Of the server's process. */
  run: string;
  /** Of the files for the pages. */
  stamp: string;
  problem: string | null;
}

/**
 * Follows the plugin in the making: other files for the pages are taken by `refresh`, with another server the page is loaded
 * anew, and what does not compile or run is shown over the page.
 */
export function followChanges(path: string, refresh: () => Promise<void>): void {
  let last: Standing | null = null;
  const showProblem = problemBoard();

  function take(standing: Standing): void {
    if (last && last.run !== standing.run) return location.reload();
    if (last && last.stamp !== standing.stamp) void refresh();
    showProblem(standing.problem);
    last = standing;
  }

  function open(): void {
    const events = new EventSource(path);
    events.onmessage = ({ data }) => take(JSON.parse(String(data)) as Standing);
    // Not every browser tries again when nobody listens, as while the server is started anew.
    events.onerror = () => {
      events.close();
      setTimeout(open, RETRY_MS);
    };
  }
  open();
}

/** A strip over the page; each call replaces what the one before it showed. */
function problemBoard(): (problem: string | null) => void {
  const board = document.createElement('pre');
  board.setAttribute('role', 'alert');
  board.style.cssText =
    'position: fixed; inset: auto 0 0 0; z-index: 100; max-block-size: 50vh; overflow: auto; margin: 0; padding: 1rem;' +
    'background: #3b0d0d; color: #fff; font: 0.85rem/1.5 monospace; white-space: pre-wrap;';
  return (problem) => {
    board.remove();
    if (problem === null) return;
    board.textContent = problem;
    document.body.append(board);
  };
}
