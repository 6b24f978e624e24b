import type { Position } from "../bus/bus.ts";
import type { ClientMessage } from "../protocol.ts";
import { advance, bye, closeIfHeld, type HubParts, type Member, say, settle } from "./member.ts";
import { acked, heard } from "./viewer-state.ts";

/** Notes that a viewer said something. False when it is closed for it. */
export function hear(parts: HubParts, member: Member, now: number): boolean {
  const { maxMessages } = parts.settings;
  // A clock that was set back is no word of the viewer's.
  const forgiven = (maxMessages * Math.max(0, now - member.messagesAt)) / 1000;
  member.messages = Math.max(0, member.messages - forgiven) + 1;
  member.messagesAt = now;
  heard(member.state, now);
  if (member.messages > maxMessages) bye(parts, member, "flood");
  return member.state.phase !== "closing" && !closeIfHeld(parts, member);
}

/** Does what a viewer's message asks for. */
export function take(parts: HubParts, member: Member, message: ClientMessage, now: number): void {
  const first = !member.spoke;
  member.spoke = true;
  if (!hear(parts, member, now)) return;
  if (message.t === "ping") say(member, { t: "pong" });
  else if (message.t === "ack") takeAck(parts, member, message.offset, now);
  else if (message.t === "resume") takeResume(parts, member, message, first, now);
}

function takeAck(parts: HubParts, member: Member, offset: number, now: number): void {
  acked(member.state, offset, now);
  if (member.state.phase === "greeting") settle(parts, member, now);
  else advance(parts, member, now);
}

function takeResume(parts: HubParts, member: Member, resume: Position, first: boolean, now: number): void {
  if (!first) bye(parts, member, "bad-message");
  // Too late, the snapshot is on its way already; it declares where the viewer stands.
  if (member.state.phase !== "greeting") return;
  member.resume = resume;
  settle(parts, member, now);
}
