using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Makes text of an element of a comment: words run on, while paragraphs, the items of lists and the lines of code stay on lines of
/// their own.
/// </summary>
internal sealed class DocumentationText
{
    // As in List{T}, List`1 and M(System.Int32).
    private static readonly Regex TypeArgumentsOrParameters = new(@"\(.*|\{.*\}|`+\d+", RegexOptions.Singleline);

    private readonly StringBuilder _text = new();

    // The white space that is due before the next word: none, a space, or so many line breaks.
    private bool _isSpaceDue;
    private int _breaksDue;

    public static string Of(XElement element)
    {
        var text = new DocumentationText();
        text.AddContent(element);
        return text._text.ToString();
    }

    private void AddContent(XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText text:
                    AddWords(text.Value);
                    break;
                case XElement child:
                    Add(child);
                    break;
            }
        }
    }

    private void Add(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "para":
                Break(2);
                AddContent(element);
                Break(2);
                break;
            case "inheritdoc":
                break;
            case "br":
                Break(1);
                break;
            case "code":
                Break(1);
                AddLines(element.Value);
                Break(1);
                break;
            case "list":
                AddList(element);
                break;
            default:
                if (Reference(element) is { } name)
                {
                    Append(name);
                }
                else
                {
                    AddContent(element);
                }

                break;
        }
    }

    private void AddList(XElement list)
    {
        var isNumbered = (string?)list.Attribute("type") == "number";
        var number = 0;
        foreach (var node in list.Nodes())
        {
            if (node is not XElement item)
            {
                _isSpaceDue = true;
                AddWords((node as XText)?.Value ?? "");
                continue;
            }

            Break(1);
            Append(isNumbered ? (++number).ToString(CultureInfo.InvariantCulture) + "." : "-");
            _isSpaceDue = true;
            if (item.Element("term") is { } term && item.Element("description") is { } description)
            {
                AddContent(term);
                _isSpaceDue = false;
                Append(": ");
                AddContent(description);
            }
            else
            {
                AddContent(item);
            }
        }

        Break(1);
    }

    private void AddWords(string text)
    {
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                _isSpaceDue = true;
            }
            else
            {
                Separate();
                _text.Append(c);
            }
        }
    }

    /// <summary>Lines as they are, but for the space that all begin with.</summary>
    private void AddLines(string code)
    {
        var lines = code.Replace("\r\n", "\n").Split('\n').ToList();
        var blank = lines.TakeWhile(string.IsNullOrWhiteSpace).Count();
        lines.RemoveRange(0, blank);
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[lines.Count - 1]))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var margin = lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0).Min();
        if (lines.Count > 0)
        {
            Append(string.Join("\n", lines.Select(line => line.Substring(Math.Min(margin, line.Length)).TrimEnd())));
        }
    }

    private void Append(string text)
    {
        Separate();
        _text.Append(text);
    }

    private void Break(int count)
    {
        _breaksDue = Math.Max(_breaksDue, count);
        _isSpaceDue = false;
    }

    private void Separate()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n', _breaksDue).Append(_isSpaceDue && _breaksDue == 0 ? " " : "");
        }

        _isSpaceDue = false;
        _breaksDue = 0;
    }

    /// <summary>What an empty see, seealso, paramref or typeparamref stands for.</summary>
    private static string? Reference(XElement element)
    {
        if (element.Nodes().Any())
        {
            return null;
        }

        var cref = (string?)element.Attribute("cref");
        if (cref is not null)
        {
            var name = TypeArgumentsOrParameters.Replace(cref, "").Replace(".#ctor", "");
            return name.Substring(name.LastIndexOfAny(['.', ':']) + 1);
        }

        return (string?)element.Attribute("name") ?? (string?)element.Attribute("langword") ?? (string?)element.Attribute("href");
    }
}
