import { test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ADMIN_PASSWORD } from './create-instance.js';

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
];

/** A test that needs Chromium: named as skipped without it, except in CI, where it must be there. */
export function testInChromium(name: string, body: () => Promise<void>, timeoutMs?: number): void {
  const runs = existsSync(EXECUTABLE) || process.env.CI === 'true';
  (runs ? test : test.skip)(name, body, timeoutMs);
}

/** Milliseconds for each step, on a machine with much else to do. */
const PATIENCE = 280_000;

/** A visitor of a site with a browser of their own: no tokens, nothing cached. */
export interface Visitor {
  readonly page: Page;
  /** What the pages complained about in the console, refused requests left out. */
  readonly complaints: string[];
  /** Goes to a path of the site. */
  open(path: string): Promise<void>;
  /** Logs in as the administrator of a test instance, by the page. */
  logIn(): Promise<void>;
  close(): Promise<void>;
}

export interface VisitorOptions {
  width?: number;
  height?: number;
  /** Of the browser: `de-AT`. */
  locale?: string;
}

export async function newVisitor(
  address: string,
  { width = 1280, height = 800, locale = 'en-US' }: VisitorOptions = {},
): Promise<Visitor> {
  const browser: Browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  const page = await browser.newPage({ viewport: { width, height }, locale });
  page.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return {
    page,
    complaints,
    open: async (path) => void (await page.goto(address + path)),
    logIn: async () => {
      await page.goto(`${address}/login`);
      await page.getByLabel('Name or e-mail address').fill('root');
      await page.getByLabel('Password', { exact: true }).fill(ADMIN_PASSWORD);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('button', { name: /^Account:/ }).waitFor();
    },
    close: () => browser.close(),
  };
}
