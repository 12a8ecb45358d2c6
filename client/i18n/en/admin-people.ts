import type { idAdminPeople } from "../id/admin-people.ts";
import type { EnglishOf } from "../translate.ts";

export const enAdminPeople = {
  "field.numberTaken": "Somebody else in this programme has this number.",
  "person.edit": "Change",
  "person.edit.title": "Change the data of {name}",
  "person.edit.number.hint": "Marks this person in the programme, also when a list is imported again.",
  "person.education.hint": "For example SMA, D3, S1 or S2.",
  "person.letter.hint": "The letter's number.",
  "person.links": "Links so far",
  "person.links.none": "This person has had no link yet.",
  "person.links.made": "Made {date}",
  "person.links.active": "valid until {date}",
  "person.links.expired": "expired {date}",
  "person.links.revoked": "revoked {date}",
  "person.links.revokeAll": "Revoke all their links",
  "person.links.revokedAll": "{count} {count|link|links} of {name} revoked.",
  "person.remove": "Remove…",
  "person.remove.title": "Remove {name}?",
  "person.remove.text":
    "The name leaves the list and all of the person's links end. This works only while nothing is recorded about them, such as attendance, results or a certificate.",
  "person.remove.confirm": "Remove from the list",
  "person.remove.done": "{name} was removed from the list.",
  "person.remove.inUse":
    "{name} cannot be removed because there are records about them, such as attendance or results. Those records must stay true.",
  "person.remove.instead":
    "To keep them from entering again, revoke all their links. To make the name disappear, erase their personal data.",
  "staff.edit.for": "Change {name}",
  "staff.edit.title": "Change the data of {name}",
  "staff.changed": "The data of {name} were changed.",
  "staff.remove": "Remove…",
  "staff.remove.text":
    "The name leaves the programme and all of their links end. This works only while they have never entered a class.",
  "staff.remove.confirm": "Remove from the programme",
  "staff.remove.done": "{name} was removed from the programme.",
  "staff.remove.inUse":
    "{name} cannot be removed because classes have a record of them. To keep them from entering again, revoke all their links.",
  "links.downloadXlsx": "Download XLSX",
  "links.chooseAll": "Choose all ({count})",
  "links.choose": "Choose {name}",
  "links.chosen": "{count} chosen",
  "links.makeChosen": "Make new links",
  "links.revokeChosen": "Revoke the links of {count}",
  "links.revokeMany.title": "Revoke the links of {count} people?",
  "links.revokeMany.text": "Their links can no longer be used. Whoever is in the class is disconnected.",
  "links.revokedMany": "The links of {count} people were revoked.",
} as const satisfies EnglishOf<typeof idAdminPeople>;
