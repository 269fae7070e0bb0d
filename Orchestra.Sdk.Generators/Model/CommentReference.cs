namespace Orchestra.Sdk.Generators.Model;

/// <summary>A text that may stand in the documentation file of another assembly.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Member">What the comment is on, by its documentation id: <c>T:Lib.Book</c>.</param>
/// <param name="Element">The comment's element that has the text: <c>summary</c>, <c>param</c>, <c>property</c>.</param>
/// <param name="Name">The element's name attribute; empty where it has none.</param>
/// <param name="Heir">Whose comment says that it inherits this one, or else this one does not count; null where it counts in any case.</param>
internal sealed record CommentReference(string Assembly, string Member, string Element, string Name, CommentReference? Heir = null);

/// <summary>The comment on one type or member of another assembly.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Member">What the comment is on.</param>
/// <param name="Xml">Its elements.</param>
internal sealed record MemberComment(string Assembly, string Member, string Xml);
