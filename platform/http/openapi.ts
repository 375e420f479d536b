import { z } from 'zod'
import type { RegisteredEndpoint } from './serve.ts'

const schema = (type: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...json } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return json
}

const parameters = (type: z.ZodType | undefined, where: 'path' | 'query'): Record<string, unknown>[] => {
  if (!type) return []
  const json = schema(type, 'input') as { properties?: Record<string, object>; required?: string[] }
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name, in: where, required: where === 'path' || (json.required ?? []).includes(name), schema: property,
  }))
}

/** OpenAPI 3.1 of everything served, in the order of paths; made from the contracts alone. */
export const openApi = (registered: readonly RegisteredEndpoint[]): Record<string, unknown> => {
  const paths: Record<string, Record<string, unknown>> = {}
  const byPath = registered.toSorted((a, b) => `${a.endpoint.path} ${a.endpoint.method}` < `${b.endpoint.path} ${b.endpoint.method}` ? -1 : 1)
  for (const { endpoint, command } of byPath) {
    const body = command?.body ?? endpoint.body
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    ;(paths[path] ??= {})[endpoint.method.toLowerCase()] = {
      operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[^a-zA-Z]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
      summary: endpoint.summary,
      parameters: [
        ...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query'),
        ...(command ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', format: 'uuid' } }] : []),
      ],
      ...(endpoint.consumes
        ? { requestBody: { required: true, content: { [endpoint.consumes]: { schema: { type: 'object' } } } } }
        : body ? { requestBody: { required: true, content: { 'application/json': { schema: schema(body, 'input') } } } } : {}),
      responses: {
        200: {
          description: 'OK',
          content: endpoint.response
            ? { 'application/json': { schema: schema(endpoint.response, 'output') } }
            : { [endpoint.produces ?? 'application/octet-stream']: {} },
        },
        default: { $ref: '#/components/responses/Problem' },
      },
      security: endpoint.permission === 'public' ? [] : [{ session: [] }],
      'x-permission': typeof endpoint.permission === 'string' ? endpoint.permission : endpoint.permission.name,
      'x-problems': endpoint.problems,
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lũy Tre', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'luytre.session_token' } },
      responses: {
        Problem: {
          description: 'RFC 9457 problem document; `problems` holds one for each field or row at fault',
          content: { 'application/problem+json': { schema: {
            type: 'object', required: ['type', 'title', 'status', 'code'],
            properties: {
              type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, field: { type: 'string' },
              params: { type: 'object' }, problems: { type: 'array', items: { type: 'object' } },
            },
          } } },
        },
      },
    },
  }
}
