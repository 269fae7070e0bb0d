using System.Collections.Concurrent;
using System.ComponentModel;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// Sends and reads the types of typed calls. Generated code makes each type known when its assembly is loaded; nothing reflects over them.
/// </summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TypedCode
{
    /// <summary>Makes known how a type is sent.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="argumentNames">How the plugin makes names of members; <see langword="null"/> where it does not say so.</param>
    /// <param name="enumNames">How it makes names of the members of enums; <see langword="null"/> where it does not say so.</param>
    /// <param name="write">Writes a value.</param>
    public static void AddWriter<T>(NamingPolicy? argumentNames, NamingPolicy? enumNames, Func<T, Value> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Writers<T>.ByNames.TryAdd((argumentNames, enumNames), write);
    }

    /// <summary>Makes known how a type without a name is sent.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="argumentNames">How the plugin makes names of members; <see langword="null"/> where it does not say so.</param>
    /// <param name="enumNames">How it makes names of the members of enums; <see langword="null"/> where it does not say so.</param>
    /// <param name="write">Writes a value.</param>
    /// <param name="example">Says what the type is.</param>
    public static void AddWriter<T>(NamingPolicy? argumentNames, NamingPolicy? enumNames, Func<T, Value> write, T? example) =>
        AddWriter(argumentNames, enumNames, write);

    /// <summary>Makes known how a type is read of an answer.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="argumentNames">How the plugin makes names of members; <see langword="null"/> where it does not say so.</param>
    /// <param name="enumNames">How it makes names of the members of enums; <see langword="null"/> where it does not say so.</param>
    /// <param name="form">Where an answer has the value.</param>
    /// <param name="read">Reads a value.</param>
    public static void AddReader<T>(NamingPolicy? argumentNames, NamingPolicy? enumNames, AnswerForm form, Func<Argument, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        Readers<T>.ByNames.TryAdd((argumentNames, enumNames), (form, read));
    }

    /// <summary>Gives a value as what an example is of.</summary>
    /// <typeparam name="TValue">The type that it is known as.</typeparam>
    /// <typeparam name="T">The type that it is.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="example">Says what the type is.</param>
    /// <returns>The value.</returns>
    public static T? As<TValue, T>(TValue value, T example) => (T?)(object?)value;

    /// <summary>An example of an array.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="item">An example of an item.</param>
    /// <returns>Nothing, of that type.</returns>
    public static T[] ArrayOf<T>(T item) => null!;

    /// <summary>An example of a list.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="item">An example of an item.</param>
    /// <returns>Nothing, of that type.</returns>
    public static List<T> ListOf<T>(T item) => null!;

    /// <summary>An example of a sequence.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="item">An example of an item.</param>
    /// <returns>Nothing, of that type.</returns>
    public static IEnumerable<T> SequenceOf<T>(T item) => null!;

    /// <summary>Writes an object whose members are arguments or a payload.</summary>
    /// <exception cref="InvalidOperationException">Nothing was generated for the type.</exception>
    internal static Struct Write<T>(T value, NamingPolicy? argumentNames, NamingPolicy? enumNames) =>
        Writers<T>.ByNames.TryGetValue((argumentNames, enumNames), out Func<T, Value>? write)
            ? write(value).StructValue ?? new Struct()
            : throw NothingGenerated<T>("sends");

    /// <summary>Reads an answer.</summary>
    /// <param name="result">What a tool has answered.</param>
    /// <param name="argumentNames">How the plugin makes names of members.</param>
    /// <param name="enumNames">How it makes names of the members of enums.</param>
    /// <param name="faults">What is wrong with it, a line each; null when it was read.</param>
    /// <exception cref="InvalidOperationException">Nothing was generated for the type.</exception>
    internal static T Read<T>(Struct result, NamingPolicy? argumentNames, NamingPolicy? enumNames, out string? faults)
    {
        if (!Readers<T>.ByNames.TryGetValue((argumentNames, enumNames), out (AnswerForm Form, Func<Argument, T> Read) reader))
        {
            throw NothingGenerated<T>("reads");
        }

        var call = new BindingCall { Logger = NullLogger.Instance, Name = "result", IsStrict = true, IgnoresUnknown = true };
        string? member = reader.Form switch
        {
            AnswerForm.Text => "text",
            AnswerForm.Data => "data",
            _ => null,
        };
        T value = default!;
        if (member is null)
        {
            value = reader.Read(new Argument(call, ArgumentPath.Root, Value.ForStruct(result)));
        }
        else if (result.Fields.TryGetValue(member, out Value? found))
        {
            value = reader.Read(new Argument(call, member, found));
        }
        else if (result.Fields.Count > 0 || default(T) is not null)
        {
            call.Faults.Add(ArgumentPath.Step(member), "expected, but not there");
        }

        // What a tool answers that has returned null.
        bool isNull = result.Fields.Count == 0 && default(T) is null;
        faults = call.Faults.IsEmpty || isNull ? null : call.Faults.ToText("result");
        return call.Faults.IsEmpty ? value : default!;
    }

    private static InvalidOperationException NothingGenerated<T>(string does) => new(
        $"no code was generated that {does} a {typeof(T)}: the project of the call needs the generator of Orchestra.Sdk (a reference to the "
        + "package), and the type must be one that generated code can name and whose JSON is known; warning ORC035 at the call says what is wrong");

    private static class Writers<T>
    {
        public static readonly ConcurrentDictionary<(NamingPolicy?, NamingPolicy?), Func<T, Value>> ByNames = new();
    }

    private static class Readers<T>
    {
        public static readonly ConcurrentDictionary<(NamingPolicy?, NamingPolicy?), (AnswerForm Form, Func<Argument, T> Read)> ByNames = new();
    }
}
