/**
 * Calls back once the first picture is on the screen. One that is only decoded (`loadeddata`) or about to be drawn waits for the
 * page to be idle: what begins then would keep it off the screen. Browsers that cannot tell say when it is decoded.
 */
export function onFirstPicture(element: HTMLVideoElement, signal: AbortSignal, then: () => void): void {
  const soon = () => {
    const timer = setTimeout(then);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };
  if ('requestVideoFrameCallback' in element) {
    const handle = element.requestVideoFrameCallback(soon);
    signal.addEventListener('abort', () => element.cancelVideoFrameCallback(handle), { once: true });
  } else {
    (element as HTMLVideoElement).addEventListener('loadeddata', soon, { once: true, signal });
  }
}
