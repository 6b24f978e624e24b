import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  clientMessageSchema,
  parseClientMessage,
  parseServerMessage,
  serverMessageSchema,
} from "./protocol.ts";
import { present } from "./testing/present.ts";

interface Message {
  payload: object;
  examples: { payload: { t: string } }[];
}
interface AsyncApi {
  operations: Record<"takeFromViewer" | "showToViewer", { messages: { $ref: string }[] }>;
  components: { messages: Record<string, Message>; schemas: object };
}

const document = parse(readFileSync(new URL("./asyncapi.yaml", import.meta.url), "utf8")) as AsyncApi;
const { schemasWithoutId } = createRequire(import.meta.url)("@asyncapi/specs") as {
  schemasWithoutId: Record<string, object>;
};
const { messages } = document.components;

const namesIn = (operation: keyof AsyncApi["operations"]) =>
  document.operations[operation].messages.map(({ $ref }) => present($ref.split("/").at(-1))).sort();
const kindsOf = (schema: typeof clientMessageSchema | typeof serverMessageSchema) =>
  schema.def.options.map((option) => String(option.def.shape.t.def.values[0])).sort();

describe("asyncapi.yaml", () => {
  it("is an AsyncAPI 3.0 document", () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      present(schemasWithoutId["3.0.0"]),
    );
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    validate({ ...document, channels: { live: { address: 7 } } });
    expect(validate.errors?.length).toBeGreaterThan(0);
  });

  it("names just the messages that the parsers take", () => {
    expect(namesIn("takeFromViewer")).toEqual(kindsOf(clientMessageSchema));
    expect(namesIn("showToViewer")).toEqual(kindsOf(serverMessageSchema));
  });

  const examples = Object.entries(messages).flatMap(([name, { examples }]) =>
    examples.map(({ payload }, index) => ({ name, index, payload })),
  );
  it.each(examples)("example $index of $name passes its schema and our parser", ({ name, payload }) => {
    const ajv = new Ajv({ strict: false });
    const schema = { ...present(messages[name]).payload, components: document.components };
    expect(ajv.validate(schema, payload), ajv.errorsText()).toBe(true);
    const text = JSON.stringify(payload);
    if (namesIn("takeFromViewer").includes(name)) expect(parseClientMessage(text)).toEqual(payload);
    if (namesIn("showToViewer").includes(name)) expect(parseServerMessage(text)).toEqual(payload);
  });

  it.each([
    ["resume", { t: "resume", epoch: "e", offset: -1 }],
    ["resume", { t: "resume", epoch: "e".repeat(129), offset: 1 }],
    ["ack", { t: "ack" }],
    ["hello", { t: "hello", epoch: 7, offset: 1 }],
    ["snapshot", { t: "snapshot", offset: 1, state: { a: { b: [1] } } }],
    ["delta", { t: "delta", from: 1, to: 1, cols: { source: ["a"] } }],
    ["bye", { t: "bye", code: "slow" }],
  ])("schema and parser both refuse a broken %s", (name, payload) => {
    const schema = { ...present(messages[name]).payload, components: document.components };
    expect(new Ajv({ strict: false }).validate(schema, payload)).toBe(false);
    const text = JSON.stringify(payload);
    expect(() => parseClientMessage(text)).toThrow();
    expect(() => parseServerMessage(text)).toThrow();
  });
});
