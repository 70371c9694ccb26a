import { satisfies } from 'semver';
import { VERSION } from '../../instance/version.js';
import { type PluginDeclaration, readDeclaration } from '../loading/plugin-declaration.js';
import { PluginProblem } from '../loading/plugin-problem.js';
import type { VersionAnswer } from './registry-answers.js';

/** A version of a package that the registry has, and whether it can be installed here. */
export interface OfferedPackage {
  npmName: string;
  version: string;
  answer: VersionAnswer;
  /** Null: it declares nothing that can be read. */
  declaration: PluginDeclaration | null;
  /** Why it cannot be installed, a sentence each; empty: it can. */
  problems: string[];
}

export function toOfferedPackage(answer: VersionAnswer): OfferedPackage {
  const problems: string[] = [];
  const declaration = declarationOf(answer, problems);
  if (declaration && !satisfies(VERSION, declaration.requires, { includePrerelease: true }))
    problems.push(`It requires Vidiverse ${declaration.requires}; this is ${VERSION}.`);
  if (answer.dist.integrity === null) problems.push('The registry has no sha512 of it.');
  return { npmName: answer.name, version: answer.version, answer, declaration, problems };
}

function declarationOf(answer: VersionAnswer, problems: string[]): PluginDeclaration | null {
  try {
    return readDeclaration(answer);
  } catch (error) {
    if (!(error instanceof PluginProblem)) throw error;
    problems.push(error.message);
    return null;
  }
}
