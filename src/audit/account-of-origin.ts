/** The account whose log has this origin, `<host>/<account id>`; null when it names none. */
export function accountOfOrigin(origin: string): number | null {
  const id = /\/([1-9][0-9]{0,14})$/.exec(origin)?.[1];
  return id === undefined ? null : Number(id);
}
