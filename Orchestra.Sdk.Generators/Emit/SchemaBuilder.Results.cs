using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The schemas of results.</summary>
internal sealed partial class SchemaBuilder
{
    /// <summary>
    /// The schema of a tool's result, whose root is always of the type object, or clients refuse the whole list; null where the tool says
    /// itself what its result is.
    /// </summary>
    public Json.Object? Result(ReturnModel result) => result.Kind switch
    {
        ReturnKind.Response => null,
        ReturnKind.None => Only("text", SchemaParts.Texts("string", "", result.Description), mayBeNull: false),
        ReturnKind.Text or ReturnKind.TextStream => Only("text", SchemaParts.Texts("string", "", result.Description), result.MayBeNull),
        ReturnKind.Data => Only("data", Of(result.Type!.WithoutNullable(), Constraints.None, "", result.Description), result.MayBeNull),
        ReturnKind.ByteStream => Only("data", Of(result.Type!.WithoutNullable(), Constraints.None, "", result.Description), mayBeNull: false),
        ReturnKind.ValueStream => Only("data", Items(result), mayBeNull: false),
        _ => Root(Members(result.Type!.WithoutNullable(), result.Description, result.MayBeNull)),
    };

    /// <summary>A result of one member, which is not there where it is null.</summary>
    private Json.Object Only(string name, Json value, bool mayBeNull)
    {
        var properties = new Json.Object();
        properties.Add(name, value);
        return Root(Members("", "", properties, mayBeNull ? [] : [name]));
    }

    private Json.Object Items(ReturnModel stream)
    {
        var items = SchemaParts.Array("", stream.Description, Constraints.None);
        items.Add("items", Of(stream.Type!));
        return items;
    }

    /// <summary>A result that is its members; it has none where it is null.</summary>
    private Json.Object Members(TypeModel type, string description, bool mayBeNull)
    {
        if (type is AnyType)
        {
            // What is no object comes as a member.
            var open = SchemaParts.Texts("object", "", description);
            open.Add("properties", new Json.Object());
            return open;
        }

        if (type is not DefinedType defined)
        {
            return Of(type, Constraints.None, "", description);
        }

        // In its place, even where it is shared: a root that refers to it has no type.
        var schema = Content(_definitions[defined.Name], "", description);
        if (schema.Find("anyOf") is Json.Array choices)
        {
            schema.Members.Insert(0, new("type", Json.Of("object")));
            if (mayBeNull)
            {
                var nothing = SchemaParts.Texts("object", "", "");
                nothing.Add("maxProperties", Json.Of(0));
                choices.Items.Add(nothing);
            }
        }
        else if (mayBeNull && schema.Find("required") is Json.Array required)
        {
            required.Items.Clear();
        }

        return schema;
    }
}
