import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import ts from 'typescript';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const BASE = join(FOLDER, '../../../tsconfig.base.json');

/** What the compiler says about each of the snippets, as if each were a file in this folder. Empty: it compiles. */
export function compileSnippets(snippets: readonly string[]): string[][] {
  const sources = new Map(snippets.map((snippet, index) => [join(FOLDER, `snippet-${index}.ts`), snippet]));
  const options = {
    ...ts.parseJsonConfigFileContent(ts.readConfigFile(BASE, ts.sys.readFile).config, ts.sys, FOLDER).options,
    composite: false,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.getSourceFile = (path, language, ...rest) => {
    const source = sources.get(path);
    return source === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, source, language);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].map((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    );
  });
}
