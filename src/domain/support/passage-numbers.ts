/** What the products of a text come to, as `24 * 60 * 60` does: code writes amounts so. */
export function productsIn(text: string): readonly string[] {
  return [...text.replaceAll(/(?<=\d)_(?=\d)/g, '').matchAll(/(?<![\w.])\d{1,15}(?:\.\d{1,15})?(?:\s?\*\s?\d{1,15}(?:\.\d{1,15})?){1,7}(?![\w.*])/g)].map(([product]) => String(product.split('*').reduce((amount, factor) => amount * Number(factor), 1)));
}
