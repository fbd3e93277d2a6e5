import openapiTypes, { astToString } from 'openapi-typescript'

/** The merged document as this package keeps it, and the types made from it. */
export const documentFile = new URL('../openapi.json', import.meta.url)
export const typesFile = new URL('../src/api/schema.generated.d.ts', import.meta.url)

/** The document without the address of the platform that it was read from. */
export function pinned(document: Record<string, unknown>): string {
  const { servers: _, ...rest } = document
  return `${JSON.stringify(rest, null, 1)}\n`
}

/** Writes the types of every operation; `schema.generated.d.ts` is not kept in the repository. */
export async function writeTypes(): Promise<void> {
  const document = await Bun.file(documentFile).text()
  await Bun.write(typesFile, astToString(await openapiTypes(document, { alphabetize: true })))
}
