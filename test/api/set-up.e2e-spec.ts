import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { administratorOf, visitorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { until } from '../support/uploads.js';

const PASSWORD = 'chosen by the owner';

describe('the first start', () => {
  let instance: TestInstance | undefined;
  afterEach(async () => {
    jest.restoreAllMocks();
    await instance?.close();
    instance = undefined;
  });

  /** Starts it (or does `start`) and answers the token of the link that was printed, if any was. */
  async function tokenPrintedBy(start: () => Promise<TestInstance>): Promise<string | undefined> {
    const printed: string[] = [];
    const spy = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => printed.push(String(text)) > 0);
    instance = await start();
    spy.mockRestore();
    return /\/setup\?token=([0-9a-f]{40})\s/.exec(printed.join(''))?.[1];
  }

  const withoutPassword =
    (environment: Record<string, string> = {}) =>
    () =>
      createInstance({ environment: { VIDIVERSE_ADMIN_PASSWORD: '', ...environment } });

  const refused = { status: 403, problem: { code: 'invalid_setup_link' } };

  test('prints a link that sets the password once', async () => {
    const token = (await tokenPrintedBy(withoutPassword()))!;
    const visitor = visitorOf(instance!);
    expect(await visitor.setUpState(token)).toEqual({ valid: true, username: 'root' });

    await visitor.completeSetUp({ token, password: PASSWORD });
    await visitor.login('root', PASSWORD);
    expect(await visitor.me()).toMatchObject({ role: { id: 0 }, videoChannels: [{ name: 'root_channel' }] });

    expect(await visitor.setUpState(token)).toEqual({ valid: false, username: '' });
    await expect(visitor.completeSetUp({ token, password: 'another one' })).rejects.toMatchObject(refused);
    await expect(visitor.login('root', 'another one')).rejects.toMatchObject({ status: 400 });
  });

  test('lets the owner choose a name, also for account and channel', async () => {
    const token = (await tokenPrintedBy(withoutPassword()))!;
    const visitor = visitorOf(instance!);
    await visitor.completeSetUp({ token, password: PASSWORD, username: 'ada', email: 'ada@test.invalid' });
    await visitor.login('ada', PASSWORD);
    expect(await visitor.me()).toMatchObject({
      username: 'ada',
      email: 'ada@test.invalid',
      account: { name: 'ada' },
      videoChannels: [{ name: 'ada_channel' }],
    });
  });

  test('of twenty uses at once one counts', async () => {
    const token = (await tokenPrintedBy(withoutPassword()))!;
    const visitor = visitorOf(instance!);
    const passwords = Array.from({ length: 20 }, (_, index) => `password number ${index}`);
    const answers = await Promise.allSettled(
      passwords.map((password) => visitor.completeSetUp({ token, password })),
    );
    const winners = passwords.filter((_, index) => answers[index]!.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await visitor.login('root', winners[0]);
  });

  test('a guessed token, a weak password and a reserved name are refused, and the link stays good', async () => {
    const token = (await tokenPrintedBy(withoutPassword()))!;
    const visitor = visitorOf(instance!);
    for (const guess of ['', 'x', '0'.repeat(40), `${token}0`])
      await expect(visitor.completeSetUp({ token: guess, password: PASSWORD })).rejects.toMatchObject(
        refused,
      );
    for (const fields of [{ password: 'short' }, { password: PASSWORD, username: 'peertube' }, {}])
      await expect(visitor.completeSetUp({ token, ...fields })).rejects.toMatchObject({ status: 400 });
    expect(await visitor.setUpState(token)).toEqual({ valid: true, username: 'root' });
  });

  test('nobody can log in before the link was used, not even without a password', async () => {
    await tokenPrintedBy(withoutPassword());
    for (const password of ['', 'root', 'null'])
      await expect(visitorOf(instance!).login('root', password)).rejects.toMatchObject({ status: 400 });
  });

  test('the link ends with its lifetime', async () => {
    const token = (await tokenPrintedBy(withoutPassword({ VIDIVERSE_ADMIN_SETUP_LINK_LIFETIME: '1' })))!;
    const visitor = visitorOf(instance!);
    await until(async () => !(await visitor.setUpState(token)).valid, 'the link has ended');
    await expect(visitor.completeSetUp({ token, password: PASSWORD })).rejects.toMatchObject(refused);
  });

  test('a restart prints another link and ends the one before; after its use none is printed', async () => {
    const first = (await tokenPrintedBy(withoutPassword()))!;
    const second = (await tokenPrintedBy(() => instance!.restart()))!;
    const visitor = visitorOf(instance!);
    expect(await visitor.setUpState(first)).toMatchObject({ valid: false });
    await visitor.completeSetUp({ token: second, password: PASSWORD });
    expect(await tokenPrintedBy(() => instance!.restart())).toBeUndefined();
    await visitorOf(instance!).login('root', PASSWORD);
  });

  test('with a configured password the administrator is there at once and no link is printed', async () => {
    expect(await tokenPrintedBy(() => createInstance())).toBeUndefined();
    const administrator = await administratorOf(instance!);
    expect(await administrator.me()).toMatchObject({
      username: 'root',
      role: { id: 0, label: 'Administrator' },
    });
  });
});
