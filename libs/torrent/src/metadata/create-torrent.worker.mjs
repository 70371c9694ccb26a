import { parentPort, workerData } from 'node:worker_threads';
import createTorrent from 'create-torrent';

// Hashing a file of gigabytes takes seconds of processor time: it happens here, away from the thread that answers requests.
createTorrent(workerData.path, workerData.options, (error, torrent) => {
  if (error) throw error;
  parentPort.postMessage(torrent);
});
