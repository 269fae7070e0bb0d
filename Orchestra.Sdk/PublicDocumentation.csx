using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Takes out of an XML file what it says of members that nobody outside can use. Which are public is in the files that the analyzer of the
/// public API keeps complete; generated messages are in none of them, and are public.
/// </summary>
public sealed class LeaveOutInternals : Task
{
    private const string Messages = "Orchestra.Sdk.Messages.";

    /// <summary>The XML file, which is written anew.</summary>
    [Required]
    public string Documentation { get; set; }

    /// <summary>The files that list the public API.</summary>
    [Required]
    public ITaskItem[] PublicApi { get; set; }

    public override bool Execute()
    {
        var names = new HashSet<string>(PublicApi.SelectMany(file => File.ReadAllLines(file.ItemSpec)).Select(NameOfSignature));
        XDocument document = XDocument.Load(Documentation, LoadOptions.PreserveWhitespace);
        foreach (XElement member in document.Descendants("member").Where(member => !IsPublic(NameOfId(member.Attribute("name").Value), names)).ToList())
        {
            // The white space before it goes along.
            (member.PreviousNode as XText)?.Remove();
            member.Remove();
        }

        document.Save(Documentation, SaveOptions.DisableFormatting);
        return true;
    }

    private static bool IsPublic(string name, HashSet<string> names) =>
        name.StartsWith(Messages, StringComparison.Ordinal)
        || names.Contains(name)
        || (name.Contains(".op_") && names.Contains(name.Substring(0, name.LastIndexOf('.'))));

    // "static A.B<T>.C<U>(U! u) -> string!" is A.B.C``1.
    private static string NameOfSignature(string line)
    {
        string name = Regex.Replace(line, "^((static|abstract|virtual|override|readonly|const|~) ?)+", "");
        Match own = Regex.Match(name, @"^[^(]*?<([^<>()]*)>\(");
        name = Regex.Replace(name, @"(\(| -> | = ).*$", "");
        name = Regex.Replace(WithoutTypeArguments(name).Replace(".this[int index]", ".Item"), @"\.(get|set|init)$", "");
        return own.Success ? $"{name}``{own.Groups[1].Value.Split(',').Length}" : name;
    }

    // "M:A.B`1.C``1(System.String)" is A.B.C``1, and a constructor is named as its type, as in the other files.
    private static string NameOfId(string id)
    {
        string name = Regex.Replace(Regex.Replace(id.Substring(2), @"[(~].*$", ""), "(?<!`)`[0-9]+", "");
        string[] parts = name.Split('.');
        return parts[parts.Length - 1] == "#ctor" ? name.Replace("#ctor", parts[parts.Length - 2]) : name;
    }

    private static string WithoutTypeArguments(string name)
    {
        string inner = Regex.Replace(name, "<[^<>]*>", "");
        return inner == name ? name : WithoutTypeArguments(inner);
    }
}
