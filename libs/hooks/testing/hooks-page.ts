import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as library from '../src/index.js';

/** What a handler is given and answers, by kind; `types` are the type arguments of the hook's declaration. */
const SIGNATURES: Record<library.HookKind, (types: string[]) => string> = {
  filter: ([value, context]) =>
    `(value: ${value}${context ? `, context: ${context}` : ''}) => ${value} | Promise<${value}>`,
  guard: ([subject]) => `(subject: ${subject}) => Verdict | undefined | Promise<Verdict | undefined>`,
  event: ([fact]) => `(fact: ${fact}) => void | Promise<void>`,
};

const RULES: Record<library.HookKind, string> = {
  filter: 'value in, value out; a handler that throws, or takes too long, keeps the old value.',
  guard:
    'the first verdict other than allow wins; no answer is no objection; a handler that throws, or takes too long, holds.',
  event: 'a fact, told after the commit and not waited for.',
};

interface Declarations {
  /** Type arguments of each hook, by the name of its constant. */
  hooks: Map<string, ts.TypeNode[]>;
  types: Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>;
}

/** docs/hooks.md, made from the declarations in `folder` (libs/hooks/src/host). */
export function hooksPage(folder: string): string {
  const { hooks, types } = readDeclarations(folder);
  const constants = Object.entries(library) as Array<[string, unknown]>;
  const sections = [...hooks].map(([constant, typeNodes]) => {
    const hook = constants.find(([name]) => name === constant)![1] as library.AnyHook;
    const signature = SIGNATURES[hook.kind](typeNodes.map((node) => node.getText()));
    return [
      `### \`${hook.name}\``,
      `\`${constant}\`, a ${hook.kind}. ${hook.description.trim()}`,
      code(`type Handler = ${signature};`),
      'For example:',
      code(`const handler: Handler = ${hook.example};`),
    ].join('\n\n');
  });
  const used = namesIn([...hooks.values()].flat(), types);
  const declared = [...types].flatMap(([name, node]) => (used.has(name) ? textOf(node) : []));
  return [
    '# Hooks',
    'Made from `libs/hooks/src/host` by `node scripts/make-hooks-page.mjs`; do not edit.',
    'Where the product decides, plugins have a say: a handler is registered with `@OnHook(hook)`. There are three kinds:',
    Object.entries(RULES)
      .map(([kind, rule]) => `- **${kind}**: ${rule}`)
      .join('\n'),
    '## Where they are called',
    ...sections,
    '## What they are given',
    code(declared.join('\n\n')),
    '',
  ].join('\n\n');
}

function readDeclarations(folder: string): Declarations {
  const found: Declarations = { hooks: new Map(), types: new Map() };
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    for (const node of ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true).statements) {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
        found.types.set(node.name.text, node);
      if (!ts.isVariableStatement(node)) continue;
      for (const { name: constant, initializer } of node.declarationList.declarations)
        if (initializer && ts.isCallExpression(initializer) && isDefinition(initializer))
          found.hooks.set(constant.getText(), [...(initializer.typeArguments ?? [])]);
    }
  }
  return found;
}

const isDefinition = ({ expression }: ts.CallExpression): boolean =>
  ['defineFilter', 'defineGuard', 'defineEvent'].includes(expression.getText());

/** Names of the types that these nodes speak of, and that those speak of in turn. */
function namesIn(nodes: ts.Node[], types: Declarations['types'], found = new Set<string>()): Set<string> {
  const visit = (node: ts.Node): void => {
    const name = ts.isIdentifier(node) ? node.text : '';
    const type = types.get(name);
    if (type && !found.has(name)) {
      found.add(name);
      namesIn([type], types, found);
    }
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return found;
}

/** With what is said of it. */
const textOf = (node: ts.Node): string => node.getFullText().trim();

const code = (text: string): string => `\`\`\`ts\n${text}\n\`\`\``;
