using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Mcp;

/// <summary>Walks over the members of an object of JSON that was found to be one before: the params of a request.</summary>
internal ref struct ParamsReader
{
    private Utf8JsonReader _reader;
    private bool _isTaken;

    /// <param name="json">The object; empty for one without members.</param>
    public ParamsReader(ReadOnlySpan<byte> json)
    {
        _reader = new Utf8JsonReader(json.IsEmpty ? "{}"u8 : json, JsonRpcMessage.Options);
        _reader.Read();
        _isTaken = true;
    }

    /// <summary>Goes to the next member; false when there is none.</summary>
    public bool Next()
    {
        if (!_isTaken)
        {
            _reader.Skip();
        }

        _isTaken = false;
        return _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;
    }

    public bool IsNamed(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>The member's name, where it is not known before.</summary>
    /// <exception cref="JsonRpcException">It has half of a surrogate pair.</exception>
    public string Name() => Read(static (ref Utf8JsonReader reader) => reader.GetString())!;

    /// <summary>The member's value, a string; null when it is none.</summary>
    /// <exception cref="JsonRpcException">It has half of a surrogate pair.</exception>
    public string? Text()
    {
        Take();
        if (_reader.TokenType == JsonTokenType.String)
        {
            return Read(static (ref Utf8JsonReader reader) => reader.GetString());
        }

        _reader.Skip();
        return null;
    }

    /// <summary>Whether the member's value is <c>true</c>.</summary>
    public bool Flag()
    {
        Take();
        bool isTrue = _reader.TokenType == JsonTokenType.True;
        _reader.Skip();
        return isTrue;
    }

    /// <summary>The member's value, a string or an integer; null when it is neither.</summary>
    public RequestId? Id()
    {
        Take();
        var id = RequestId.Read(ref _reader);
        _reader.Skip();
        return id;
    }

    /// <summary>The member's value, an object or nothing; null when it is neither.</summary>
    /// <exception cref="JsonRpcException">A string has half of a surrogate pair.</exception>
    public Struct? ObjectOrNothing()
    {
        Take();
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            return Read(JsonReading.ReadObject);
        }

        _reader.Skip();
        return _reader.TokenType == JsonTokenType.Null ? new Struct() : null;
    }

    /// <summary>The JSON of the member's value, an object; empty when it is none.</summary>
    public ReadOnlySpan<byte> Part(ReadOnlySpan<byte> json)
    {
        Take();
        bool isObject = _reader.TokenType == JsonTokenType.StartObject;
        int start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return isObject ? json[start..(int)_reader.BytesConsumed] : default;
    }

    private delegate T ReadValue<T>(ref Utf8JsonReader reader);

    private void Take()
    {
        _reader.Read();
        _isTaken = true;
    }

    private T Read<T>(ReadValue<T> read)
    {
        try
        {
            return read(ref _reader);
        }
        catch (InvalidOperationException)
        {
            throw JsonRpcException.InvalidParams("a string has half of a surrogate pair, which is no text");
        }
    }
}
