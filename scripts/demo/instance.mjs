import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PASSWORD = 'the demo needs no secret';
const START_LIMIT = 120_000;

/** One instance of the demo: the real server in a process of its own, and its API as its administrator. */
export class DemoInstance {
  #child = null;
  #token = null;

  /** `role`: what it is in the story. `environment`: more settings. */
  constructor({ role, name, port, folder, environment = {} }) {
    Object.assign(this, { role, name, host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}` });
    this.environment = {
      VIDIVERSE_LISTEN: this.host,
      VIDIVERSE_URL: this.url,
      VIDIVERSE_DATA: join(folder, role),
      VIDIVERSE_ADMIN_PASSWORD: PASSWORD,
      VIDIVERSE_INSTANCE_NAME: name,
      VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false',
      VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
      VIDIVERSE_LOG_LEVEL: 'error',
      ...environment,
    };
  }

  get isRunning() {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async start() {
    this.#child = spawn(process.execPath, ['apps/api/dist/bundle/main.js'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...this.environment },
    });
    for (const end = Date.now() + START_LIMIT; Date.now() < end; await pause(50)) {
      if (!this.isRunning) throw new Error(`${this.name} did not start; is ${this.host} free?`);
      const answer = await fetch(`${this.url}/api/v1/ping`).catch(() => null);
      if (answer?.ok) return;
    }
    throw new Error(`${this.name} did not answer within ${START_LIMIT / 1000} s`);
  }

  async stop() {
    const child = this.#child;
    if (!this.isRunning) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** An answer of its API, as JSON. @throws Error naming what was asked and what was said */
  async call(method, path, body) {
    this.#token ??= await this.#logIn();
    const isForm = body instanceof FormData;
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      body: isForm ? body : body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${this.name}: ${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  async #logIn() {
    const client = await (await fetch(`${this.url}/api/v1/oauth-clients/local`)).json();
    const answer = await fetch(`${this.url}/api/v1/users/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...client,
        grant_type: 'password',
        username: 'root',
        password: PASSWORD,
      }),
    });
    if (!answer.ok) throw new Error(`${this.name} refused the login: ${await answer.text()}`);
    return (await answer.json()).access_token;
  }
}
