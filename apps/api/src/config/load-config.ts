import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type yaml from 'yaml';
import type { z } from 'zod';
import { ConfigError, type ConfigIssue } from './config.errors.js';
import { configSchema } from './config.schema.js';
import type { Config } from './config.js';
import { environmentNames } from './environment-names.js';

type Environment = Record<string, string | undefined>;
type Tree = Record<string, unknown>;

const require = createRequire(import.meta.url);

const SECRET = /password|secret|token|key|database\.url|redis\.url/i;
const MAX_SHOWN = 80;

/**
 * Reads the YAML file named by `VIDIVERSE_CONFIG` (if any), lays the environment over it and validates the whole.
 * @throws ConfigError with every issue found, each naming the key or variable, the value and what is allowed.
 */
export function loadConfig(environment: Environment = process.env): Config {
  const issues: ConfigIssue[] = [];
  const tree = readFile(environment.VIDIVERSE_CONFIG, issues);
  const fromEnvironment = new Map<string, string>();
  for (const { key, name } of environmentNames()) {
    const value = readVariable(environment, name, issues);
    if (value === undefined) continue;
    setKey(tree, key, value);
    fromEnvironment.set(key, name);
  }
  const result = configSchema.safeParse(tree);
  if (!result.success)
    issues.push(...result.error.issues.flatMap((issue) => describe(issue, tree, fromEnvironment)));
  if (issues.length > 0 || !result.success) throw new ConfigError(issues);
  const values = result.data;
  return Object.freeze({
    ...values,
    url: (values.url ?? `http://${values.listen}`).replace(/\/+$/, ''),
    data: resolve(values.data),
  });
}

function readFile(path: string | undefined, issues: ConfigIssue[]): Tree {
  if (!path) return {};
  try {
    // Loaded when needed: most instances have no file.
    const { parse } = require('yaml') as typeof yaml;
    const tree: unknown = parse(readFileSync(path, 'utf8')) ?? {};
    if (typeof tree === 'object' && !Array.isArray(tree)) return tree as Tree;
    issues.push({
      source: 'VIDIVERSE_CONFIG',
      value: path,
      expected: 'must be a YAML file of keys and values',
    });
  } catch (error) {
    issues.push({
      source: 'VIDIVERSE_CONFIG',
      value: path,
      expected: `must be a readable YAML file (${(error as Error).message})`,
    });
  }
  return {};
}

function readVariable(environment: Environment, name: string, issues: ConfigIssue[]): string | undefined {
  const file = environment[`${name}_FILE`];
  if (!file) return environment[name] || undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    issues.push({
      source: `${name}_FILE`,
      value: file,
      expected: `must be a readable file (${(error as Error).message})`,
    });
    return undefined;
  }
}

function setKey(tree: Tree, key: string, value: string): void {
  const path = key.split('.');
  const last = path.pop()!;
  let node = tree;
  for (const part of path) {
    if (typeof node[part] !== 'object' || node[part] === null) node[part] = {};
    node = node[part] as Tree;
  }
  node[last] = value;
}

function describe(issue: z.core.$ZodIssue, tree: Tree, fromEnvironment: Map<string, string>): ConfigIssue[] {
  const path = issue.path.map(String);
  const key = path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => ({
      source: [...path, unknown].join('.'),
      value: show([...path, unknown], tree),
      expected: 'is not a known key',
    }));
  }
  const source =
    fromEnvironment.get(key) ??
    [...fromEnvironment].find(([known]) => key.startsWith(`${known}.`))?.[1] ??
    key;
  return [{ source, value: show(path, tree), expected: issue.message }];
}

function show(path: string[], tree: Tree): string {
  const value = path.reduce<unknown>((node, part) => (node as Tree | undefined)?.[part], tree);
  if (SECRET.test(path.join('.'))) return '(hidden)';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
