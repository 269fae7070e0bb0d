using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the method that reads the members of a type and makes it of them.</summary>
internal static class ObjectReader
{
    /// <summary>Writes the method.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="type">The type.</param>
    /// <param name="nullIsValue">Whether null is another thing than nothing where a member takes it.</param>
    public static void Write(SourceWriter writer, ObjectDefinition type, bool nullIsValue)
    {
        writer.Open($"private static {type.FullName} Read{type.Name}(global::Orchestra.Sdk.Binding.Argument argument)");
        writer.Open("if (!argument.ReadObject(out var members))");
        writer.Line("return default!;");
        writer.Close();
        writer.Line();
        var locals = new LocalNames();
        var members = type.Members.Select(member => WriteMember(writer, member, nullIsValue, locals)).ToList();

        var names = $"[{string.Join(", ", type.Members.Select(member => Literals.Of(member.Property.Name)))}]";
        if (type.Extension is { } extension)
        {
            members.Add(WriteExtension(writer, extension, names, locals));
        }

        // A type whose members are wrong is not made: its constructor may rely on them.
        writer.Open($"if (!members.Complete({names}))");
        writer.Line("return default!;");
        writer.Close();
        writer.Line();
        writer.Open("try");
        WriteCreation(writer, type, members);
        writer.Close();
        writer.Open("catch (global::System.Exception exception) when (argument.NoteRefusal(exception))");
        writer.Line("return default!;");
        writer.Close();
        writer.Close();
    }

    /// <summary>Whether the type has a value of its own for the member, which must stay when none is given.</summary>
    private static bool HasOwnDefault(MemberModel member) =>
        !member.Property.IsRequired && member.Assignment is Assignment.Set or Assignment.Fill or Assignment.InitializerOrDefault or Assignment.InitializerWhenGiven;

    private static Assigned WriteMember(SourceWriter writer, MemberModel member, bool nullIsValue, LocalNames names)
    {
        // A collection that is filled is never null itself.
        nullIsValue &= member.Assignment != Assignment.Fill;
        var (value, given) = ValueCode.Write(writer, "members", member.Property, HasOwnDefault(member), nullIsValue, names);
        return new Assigned(member, value, given);
    }

    /// <summary>Reads what the type has no names for, after all that it has names for.</summary>
    private static Assigned WriteExtension(SourceWriter writer, MemberModel member, string knownNames, LocalNames names)
    {
        var (extension, value, given) = (names.Next("extension"), names.Next("value"), HasOwnDefault(member) ? names.Next("given") : "");
        var type = member.Property.Type.WithoutNullable();

        // Whatever comes is taken, null too.
        type = type is DictionaryType { Value: AnyType { Kind: AnyKind.Any or AnyKind.JsonNode } any } dictionary
            ? dictionary with { Value = new NullableType(any, IsValueType: false, any.FullName) }
            : type;
        ValueCode.Write(
            writer,
            member.Property,
            value,
            given,
            $"members.FindExtension(out var {extension}, {knownNames})",
            ReadExpression.Of(type, Constraints.None, extension, names));
        return new Assigned(member, value, given);
    }

    private static void WriteCreation(SourceWriter writer, ObjectDefinition type, IReadOnlyList<Assigned> members)
    {
        var arguments = string.Join(", ", members.Where(each => each.Member.Parameter is not null)
            .Select(each => $"{each.Member.Parameter}: {each.Value}"));
        var fixedOnes = members.Where(each => each.Member.Assignment == Assignment.Initializer).Select(each => each.Assignment).ToList();
        var openOnes = members.Where(each => each.Member.Assignment == Assignment.InitializerOrDefault).ToList();
        var later = members.Where(each => each.Member.Assignment is Assignment.Set or Assignment.Fill).ToList();

        // What can only be initialized loses its own default there: it is taken from an instance that was made without.
        var undecided = openOnes.Where(each => HasOwnDefault(each.Member)).ToList();
        if (undecided.Count > 0)
        {
            var allGiven = string.Join(" && ", undecided.Select(each => each.Given));
            writer.Line($"var defaults = {allGiven} ? default! : {New(type, arguments, fixedOnes)};");
        }

        var initializers = fixedOnes.Concat(openOnes.Select(each => HasOwnDefault(each.Member)
            ? $"{each.Member.Identifier} = {each.Given} ? {each.Value} : {each.Member.Of("defaults")}"
            : each.Assignment)).ToList();
        var creation = NewWithGiven(type, arguments, initializers, members.Where(each => each.Member.Assignment == Assignment.InitializerWhenGiven));
        if (later.Count == 0)
        {
            writer.Line($"return {creation};");
            return;
        }

        writer.Line($"var result = {creation};");
        foreach (var each in later)
        {
            if (!HasOwnDefault(each.Member))
            {
                writer.Line(each.Change);
                continue;
            }

            writer.Open($"if ({each.Given})");
            writer.Line(each.Change);
            writer.Close();
        }

        writer.Line();
        writer.Line("return result;");
    }

    /// <summary>The creation for each combination of members that are initialized when they were given.</summary>
    private static string NewWithGiven(ObjectDefinition type, string arguments, List<string> initializers, IEnumerable<Assigned> whenGiven)
    {
        var creation = new List<string>(initializers);
        if (!whenGiven.Any())
        {
            return New(type, arguments, creation);
        }

        var first = whenGiven.First();
        var others = whenGiven.Skip(1);
        creation.Add(first.Assignment);
        var with = NewWithGiven(type, arguments, creation, others);
        return HasOwnDefault(first.Member) ? $"{first.Given} ? {with} : {NewWithGiven(type, arguments, initializers, others)}" : with;
    }

    private static string New(ObjectDefinition type, string arguments, List<string> initializers) =>
        $"new {type.FullName}({arguments})" + (initializers.Count > 0 ? $" {{ {string.Join(", ", initializers)} }}" : "");

    /// <summary>A member and the locals that were read for it.</summary>
    private readonly struct Assigned(MemberModel member, string value, string given)
    {
        public MemberModel Member => member;

        public string Value => value;

        public string Given => given;

        public string Assignment => $"{member.Identifier} = {value}";

        /// <summary>What sets it after the creation.</summary>
        public string Change => member.Assignment == Model.Assignment.Fill
            ? $"global::Orchestra.Sdk.Binding.Collections.Fill({member.Of("result")}, {value});"
            : $"{member.Of("result")} = {value};";
    }
}
