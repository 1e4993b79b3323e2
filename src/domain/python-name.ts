/** Names of Python packages are compared as PEP 503 normalises them. */
export function pythonName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}
