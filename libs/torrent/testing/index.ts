export { describeKnownHashes, type KnownHashesLab } from './known-hashes-contract.js';
export { MemoryKnownHashes } from './memory-known-hashes.js';
export { binary, offer, PeerSocket, until, type Frame } from './peer-socket.js';
export { createTrackerServer, type TrackerServer } from './tracker-server.js';
export { announceQuery, type TrackerLab, useTrackerLab } from './tracker-lab.js';
