import { english, type OwnViewTexts } from "@sprintcast/demo/view/words";
import type { Settings } from "sprintcast/content";
import { ContentError } from "sprintcast/errors";
import { textFaults } from "sprintcast/words";

/**
 * The team's own texts of the live view, `texts.view` in settings. They are judged here, where both are known: the
 * settings' reader knows nothing of the demo.
 * @throws ContentError for a name that no text has, or a slot that is never filled
 */
export function ownViewTexts({ texts }: Pick<Settings, "texts">): OwnViewTexts {
  const { view = {} } = texts;
  const [fault] = textFaults(view, english, ["texts", "view"]);
  if (fault !== undefined)
    throw new ContentError(
      "settings-invalid",
      "content/settings.yml",
      `${fault.path.join(".")}: ${fault.problem}`,
    );
  return view as OwnViewTexts;
}
