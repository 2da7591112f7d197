import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

export interface Import {
  /** The path from the project's root for a file of ours, else the package's name as it is written. */
  readonly target: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
  readonly written: string;
}

export interface SourceFunction {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** One TypeScript file as its syntax shows it. */
export interface SourceFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** All but those that are lists of tests: the body of a `describe`, and what holds one. */
  readonly functions: readonly SourceFunction[];
  readonly usesProcessEnv: boolean;
  readonly usesAny: boolean;
}

/** Every TypeScript file of the project, in the order of their paths; generated types aside. */
export function readSourceFiles(): SourceFile[] {
  const folders = globSync('{app,connectors,lib,supabase,tests}/**/*.{ts,tsx}', { cwd: root });
  const paths = [...folders, ...globSync('*.ts', { cwd: root })];
  return paths
    .filter((path) => !path.endsWith('.gen.ts') && !path.endsWith('.d.ts'))
    .sort()
    .map(readSourceFile);
}

function readSourceFile(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes = descendants(tree);
  return {
    path,
    text,
    lines: text.split('\n').length - 1,
    imports: nodes.flatMap((node) => importOf(path, node) ?? []),
    functions: nodes.filter(isCountedFunction).map((node) => measure(tree, node)),
    usesProcessEnv: nodes.some(
      (node) => ts.isPropertyAccessExpression(node) && node.getText() === 'process.env',
    ),
    usesAny: nodes.some((node) => node.kind === ts.SyntaxKind.AnyKeyword),
  };
}

function descendants(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [node];
  node.forEachChild((child) => void found.push(...descendants(child)));
  return found;
}

function importOf(path: string, node: ts.Node): Import | undefined {
  const specifier = specifierOf(node);
  if (!specifier || !ts.isStringLiteral(specifier)) return undefined;
  const written = specifier.text;
  const ours = written.startsWith('#') || written.startsWith('.');
  const target = written.startsWith('.') ? join(dirname(path), written) : written.replace(/^#/, '');
  return { target, ours, typeOnly: isTypeOnly(node), written };
}

/** What stands after `from`, in `import('…')` or in `typeof import('…')`. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  if (node.importClause.isTypeOnly) return true;
  const named = node.importClause.namedBindings;
  if (node.importClause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.every((element) => element.isTypeOnly);
}

function isCountedFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return false;
  const call = node.parent;
  const isSuite = ts.isCallExpression(call) && /^describe\b/.test(call.expression.getText());
  return !isSuite && !/^\s*describe\b/m.test(node.body.getText());
}

function measure(tree: ts.SourceFile, node: ts.FunctionLikeDeclaration): SourceFunction {
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line + 1;
  const line = lineAt(node.getStart());
  const name =
    node.name?.getText() ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : '');
  return { name: name || 'a nameless function', line, lines: lineAt(node.getEnd()) - line + 1 };
}
