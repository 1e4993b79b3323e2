/** Extensions of modules that are read; a declaration file has two. */
const extension = /\.(?:[cm]?[jt]s|[jt]sx)$/i;

/** Whether a path is that of a module of TypeScript or JavaScript, by its name; what is installed, or minified, is none. */
export function isSourceFile(path: string): boolean {
  return extension.test(path) && !/(?:^|\/)node_modules\//.test(path) && !/\.min\.[cm]?js$/i.test(path);
}

/** Whether a path is a module of which TypeScript takes types alone. */
export function isDeclarationFile(path: string): boolean {
  return /\.d\.(?:[^./]+\.)?[cm]?ts$/i.test(path);
}
