using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>A JSON value whose members keep their order.</summary>
internal abstract class Json
{
    public static Json Of(string text) => new Text(text);

    public static Json OfNumber(string number) => new Number(number);

    public static Json Of(int number) => new Number(number.ToString(CultureInfo.InvariantCulture));

    public static Json Of(bool flag) => new Boolean(flag);

    public static Json OfNull() => new Null();

    public static Json OfItems(IEnumerable<Json> items)
    {
        var array = new Array();
        array.Items.AddRange(items);
        return array;
    }

    public static Json OfStrings(IEnumerable<string> texts)
    {
        var array = new Array();
        foreach (var text in texts)
        {
            array.Items.Add(Of(text));
        }

        return array;
    }

    public override string ToString()
    {
        var output = new StringBuilder();
        Write(output);
        return output.ToString();
    }

    protected abstract void Write(StringBuilder output);

    internal sealed class Text(string value) : Json
    {
        public string Value => value;

        protected override void Write(StringBuilder output) => WriteString(output, value);
    }

    /// <summary>A number, kept as it was written.</summary>
    internal sealed class Number(string value) : Json
    {
        public double Value => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);

        protected override void Write(StringBuilder output) => output.Append(value);
    }

    internal sealed class Boolean(bool value) : Json
    {
        public bool Value => value;

        protected override void Write(StringBuilder output) => output.Append(value ? "true" : "false");
    }

    internal sealed class Null : Json
    {
        protected override void Write(StringBuilder output) => output.Append("null");
    }

    internal sealed class Array : Json
    {
        public List<Json> Items { get; } = [];

        protected override void Write(StringBuilder output)
        {
            output.Append('[');
            for (var i = 0; i < Items.Count; i++)
            {
                output.Append(i > 0 ? "," : "");
                Items[i].Write(output);
            }

            output.Append(']');
        }
    }

    internal sealed class Object : Json
    {
        public List<KeyValuePair<string, Json>> Members { get; } = [];

        /// <summary>The member of that name; null when there is none.</summary>
        public Json? Find(string name) => Members.Find(member => member.Key == name).Value;

        public void Add(string name, Json value) => Members.Add(new KeyValuePair<string, Json>(name, value));

        protected override void Write(StringBuilder output)
        {
            output.Append('{');
            for (var i = 0; i < Members.Count; i++)
            {
                output.Append(i > 0 ? "," : "");
                WriteString(output, Members[i].Key);
                output.Append(':');
                Members[i].Value.Write(output);
            }

            output.Append('}');
        }
    }

    private static void WriteString(StringBuilder output, string text)
    {
        output.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            // Half a character is no text to most readers of JSON; in UTF-8 it becomes the same.
            var isHalf = char.IsHighSurrogate(text[i]) ? i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])
                : char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1]));
            switch (isHalf ? '\ufffd' : text[i])
            {
                case '"' or '\\':
                    output.Append('\\').Append(text[i]);
                    break;
                case < ' ' or '\u2028' or '\u2029' or (>= '\ud800' and <= '\udfff'):
                    output.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                case var c:
                    output.Append(c);
                    break;
            }
        }

        output.Append('"');
    }
}
