import { rowsOf } from './database-of.js';
import type { FederatedProcess } from './federated-processes.js';
import type { Ledger, Value } from './ledger.js';
import { ratingSubject } from './crowd.js';

interface VideoRow {
  uuid: string;
  name: string;
  state: number;
  likes: number;
  dislikes: number;
  comments: number;
}

const videosOf = (server: FederatedProcess, remote: 0 | 1) =>
  rowsOf<VideoRow>(
    server,
    `SELECT uuid, name, state, likes, dislikes, comments FROM videos WHERE remote = ${remote} ORDER BY uuid`,
  );

/** Those that were not deleted. */
const commentsOf = (server: FederatedProcess) =>
  rowsOf<{ uuid: string; text: string; author: string; host: string }>(
    server,
    `SELECT videos.uuid, comments.text, accounts.name AS author, accounts.host FROM comments
     JOIN videos ON videos.id = comments.videoId JOIN accounts ON accounts.id = comments.accountId
     WHERE comments.deletedAt IS NULL ORDER BY comments.text`,
  );

const ratesOf = (server: FederatedProcess) =>
  rowsOf<{ uuid: string; type: string; host: string }>(
    server,
    `SELECT videos.uuid, video_rates.type, accounts.host FROM video_rates
     JOIN videos ON videos.id = video_rates.videoId JOIN accounts ON accounts.id = video_rates.accountId`,
  );

/** In words, what is on one side only; a thing that is there twice is no thing that is there once. */
export function unequal(what: string, expected: string[], found: string[]): string[] {
  const left = [...found];
  const missing = expected.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((one) => `${what}: missing ${one}`),
    ...left.map((one) => `${what}: should not be there ${one}`),
  ];
}

/** What was answered 2xx and is not so, or was never asked for and is there. */
export async function differencesToLedger(
  ledger: Ledger,
  origin: FederatedProcess,
  all: FederatedProcess[],
): Promise<string[]> {
  const videos = await videosOf(origin, 0);
  const kept = new Set(videos.map(({ uuid }) => uuid));
  const found = new Map<string, Value>(videos.map(({ name }) => [`video ${/\d+/.exec(name)![0]}`, name]));
  const wrong = videos.length === found.size ? [] : ['the origin has a video twice'];
  for (const server of all) {
    const own = server === origin ? '' : origin.host;
    for (const { uuid, type, host } of await ratesOf(server))
      if (host === '') found.set(ratingSubject(server.host, uuid), type);
    for (const { uuid, text, host } of await commentsOf(server)) if (host === '') found.set(text, uuid);
    const [account] = await rowsOf<{ displayName: string }>(
      server,
      `SELECT displayName FROM accounts WHERE name = 'root' AND host = '${own}'`,
    );
    found.set(`display name at ${server.host}`, account?.displayName ?? null);
  }
  for (const subject of ledger.subjects()) {
    const possible = ledger.possible(subject)!;
    const expectation = [...possible].join(' or ');
    if (subject === 'follow') continue;
    if (subject === 'display name') {
      const names = all.map(({ host }) => found.get(`display name at ${host}`) ?? null);
      if (!names.every((name) => name === names[0] && possible.has(name)))
        wrong.push(`display names are ${names.join(', ')} instead of ${expectation}`);
      continue;
    }
    const value = found.get(subject) ?? null;
    // It went with its video.
    const video = /[0-9a-f-]{36}$/.exec(subject)?.[0] ?? [...possible].find((one) => one?.length === 36);
    if (value === null && video && !kept.has(video)) continue;
    if (!possible.has(value)) wrong.push(`${subject} is ${value} instead of ${expectation}`);
  }
  return wrong;
}

/** What a follower has otherwise than the origin. */
export async function differencesToOrigin(
  origin: FederatedProcess,
  follower: FederatedProcess,
): Promise<string[]> {
  // How often a video is liked is known at its origin only.
  const shown = ({ uuid, name, state, comments }: VideoRow) =>
    JSON.stringify({ uuid, name, state, comments });
  const said =
    (server: FederatedProcess) =>
    ({ uuid, text, author, host }: { uuid: string; text: string; author: string; host: string }) =>
      `${text} by ${author}@${host || server.host} on ${uuid}`;
  const [ours, theirs] = [await videosOf(origin, 0), await videosOf(follower, 1)];
  const [words, heard] = [await commentsOf(origin), await commentsOf(follower)];
  return [
    ...unequal(`videos at ${follower.host}`, ours.map(shown), theirs.map(shown)),
    ...unequal(`comments at ${follower.host}`, words.map(said(origin)), heard.map(said(follower))),
  ];
}

/** Likes and dislikes that the origin counts, against what each says at home. */
export async function differencesOfRates(
  origin: FederatedProcess,
  all: FederatedProcess[],
): Promise<string[]> {
  const said: string[] = [];
  for (const server of all)
    for (const { uuid, type, host } of await ratesOf(server))
      if (host === '') said.push(`${type} of ${uuid}`);
  const counted = (await videosOf(origin, 0)).flatMap(({ uuid, likes, dislikes }) => [
    ...Array<string>(likes).fill(`like of ${uuid}`),
    ...Array<string>(dislikes).fill(`dislike of ${uuid}`),
  ]);
  return unequal('rates at the origin', said, counted);
}

/** Both sides of the follow that comes and goes. */
export async function differencesOfFollow(
  ledger: Ledger,
  follower: FederatedProcess,
  followed: FederatedProcess,
): Promise<string[]> {
  const possible = ledger.possible('follow');
  const stateOf = async (server: FederatedProcess) => {
    const [row] = await rowsOf<{ state: string }>(
      server,
      `SELECT follows.state FROM follows JOIN actors AS target ON target.id = follows.targetId
       WHERE target.url = '${followed.address}/accounts/root' AND follows.followerId IN
         (SELECT id FROM actors WHERE url = '${follower.address}/accounts/peertube')`,
    );
    return row?.state ?? null;
  };
  const states = [await stateOf(follower), await stateOf(followed)];
  const value = states[0] === 'accepted' ? `root@${followed.host}` : null;
  const isRight = states[0] === states[1] && (possible?.has(value) ?? value === null);
  return isRight ? [] : [`the follow is ${states.join(' here and ')} there`];
}
