using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestra.Sdk.Tests.Interop.EveryType;

public enum Color { Red, [JsonStringEnumMemberName("dark-blue")] Blue }

[Flags]
public enum Rights { None = 0, Read = 1, Write = 2, Run = 4 }

public readonly record struct CustomerId(int Number) : IParsable<CustomerId>
{
    public static CustomerId Parse(string s, IFormatProvider? provider) =>
        s.StartsWith("c-", StringComparison.Ordinal) ? new(int.Parse(s.AsSpan(2), provider)) : throw new FormatException("It begins with c-.");

    public static bool TryParse(string? s, IFormatProvider? provider, out CustomerId result) => throw new NotSupportedException();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"c-{Number}");
}

public sealed record Note(string Title, string[] Tags, Color Color = Color.Red, int? Stars = null);

public sealed class Place
{
    public required string Name { get; set; }
    public Point? At { get; init; }
    public string Kind { get; set; } = "city";
    public string Label => $"{Name}!";
}

public struct Size
{
    public int Width;
    public int Height { get; init; }
}

public readonly record struct Point(int X, int Y = 9);

public sealed class Made(int a, string b = "bb")
{
    public int A => a;
    public string B => b;
    public int? C { get; set; } = 4;
}

public sealed record Page<T>(T[] Items, string? Cursor);

public sealed record Node(string Name, Node? Next = null)
{
    public List<Node> Children { get; } = [];
}

public sealed class Filled
{
    public List<string> Tags { get; } = ["default"];
    public IDictionary<Color, int> Counts { get; } = new Dictionary<Color, int>();
    public Stack<int> Stack { get; } = new([9]);
    public Tags Own { get; } = [];
}

public sealed class Renamed
{
    [JsonPropertyName("the_name")] public string Name { get; set; } = "";
    [JsonIgnore] public Action? Callback { get; set; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Text { get; set; }
    [JsonInclude] internal int Hidden { get; set; }
}

public abstract class Base
{
    public int First { get; set; }
    public virtual string Second { get; set; } = "";
    public string Third { get; set; } = "";
}

public sealed class Derived : Base
{
    public override string Second { get; set; } = "d";
    public new int Third { get; set; }
}

public sealed record Change(Optional<DateOnly?> Due, Optional<string> Title = default)
{
    public Optional<int> Stars { get; init; } = 3;
}

public sealed class Extended
{
    public int A { get; set; }
    [JsonExtensionData] public Dictionary<string, JsonElement> More { get; init; } = [];
}

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
public abstract record Shape(string Name);

public sealed record Circle(string Name, double Radius) : Shape(Name);

public sealed record Square(string Name, double Side, Shape? Inner = null) : Shape(Name);

public sealed record Service(string Name);

/// <summary>Has one service.</summary>
public sealed class Services : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(Service) ? new Service("a service") : null;
}

public sealed class Tags : List<string>;

public sealed class Unique : HashSet<int>;

public sealed class Settings : Dictionary<string, int>;

public sealed class Wrapped(IEnumerable<int> items) : ReadOnlyCollection<int>([.. items]);

public sealed class Own : IEnumerable<string>
{
    private readonly List<string> _items = [];

    public void Add(string item) => _items.Add(item);

    public IEnumerator<string> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
