namespace MedTune.Tests.Graphs.Files;

/// <summary>A protobuf message taken apart into fields, so that damage can be done to its meaning and not only to its bytes.</summary>
internal sealed class WireTree
{
    private static readonly ulong[] Extremes =
    [
        0, 1, 2, 3, 7, 13, 64, 65, 255, 65_536, 1_000_000, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue, ulong.MaxValue - 1,
    ];

    private static readonly string[] Texts =
        ["", "x", "../../etc/passwd", "/etc/passwd", "C:\\x", "data.bin", "Loop", "If", "Reshape", "Expand", "Conv", "axis", "shape", "N", "body", "captured", "\0", "medtune", "9223372036854775807", "-1"];

    private readonly int _field;
    private readonly int _wire;
    private readonly List<WireTree> _children = [];
    private ulong _number;
    private byte[]? _bytes;
    private int _lie;

    private WireTree(int field, int wire) => (_field, _wire) = (field, wire);

    /// <summary>A file as a tree; what does not read as a message stays bytes.</summary>
    public static WireTree Parse(byte[] file)
    {
        var root = new WireTree(0, 2);
        if (!root.TryFill(file))
        {
            throw new ArgumentException("The valid file is no message.", nameof(file));
        }

        return root;
    }

    /// <summary>The bytes of one to four pieces of damage.</summary>
    public static byte[] Mutate(byte[] valid, Random random)
    {
        var root = Parse(valid);
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            var all = root.All().ToArray();
            Damage(all[random.Next(all.Length)], all, random);
        }

        return root.Payload();
    }

    private static void Damage(WireTree target, WireTree[] all, Random random)
    {
        var other = all[random.Next(all.Length)];
        switch (random.Next(9))
        {
            case 0 or 1 when target._children.Count == 0 && target._bytes is null: target._number = Extremes[random.Next(Extremes.Length)]; break;
            case 0 or 1 when target._bytes is not null: target._bytes = System.Text.Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]); break;
            case 2 when target._children.Count > 0: target._children.RemoveAt(random.Next(target._children.Count)); break;
            case 3 when target._children.Count > 0: target._children.Add(target._children[random.Next(target._children.Count)]); break;
            case 4 when target._bytes is not null && other._bytes is not null: target._bytes = other._bytes; break;
            case 5: target._lie = random.Next(3) switch { 0 => 1, 1 => -1, _ => random.Next(1 << 20) }; break;
            case 6 when target._bytes is { Length: > 0 } bytes: target._bytes = bytes[..random.Next(bytes.Length)]; break;
            case 7 when target._children.Count > 0 && other.Payload().Length < 4096: target._children.Add(other.Copy()); break;
            case 8 when target._bytes is { Length: > 0 } payload:
                target._bytes = [.. payload];
                target._bytes[random.Next(payload.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 8 when target._children.Count > 1: target._children.Reverse(); break;
        }
    }

    private WireTree Copy()
    {
        var copy = new WireTree(_field, _wire) { _number = _number, _bytes = _bytes, _lie = _lie };
        copy._children.AddRange(_children.Select(child => child.Copy()));
        return copy;
    }

    private IEnumerable<WireTree> All() => _children.SelectMany(child => child.All()).Prepend(this);

    private bool TryFill(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (!TryVarint(ref bytes, out ulong tag) || tag >> 3 is 0 or > 30 || (tag & 7) is 3 or 4 or 6 or 7)
            {
                return false;
            }

            var field = new WireTree((int)(tag >> 3), (int)(tag & 7));
            int width = field._wire == 5 ? 4 : 8;
            if (field._wire == 0)
            {
                if (!TryVarint(ref bytes, out field._number))
                {
                    return false;
                }
            }
            else if (field._wire == 2)
            {
                if (!TryVarint(ref bytes, out ulong length) || length > (ulong)bytes.Length)
                {
                    return false;
                }

                var payload = bytes[..(int)length];
                bytes = bytes[(int)length..];
                if (payload.Length < 2 || !field.TryFill(payload))
                {
                    field._children.Clear();
                    field._bytes = payload.ToArray();
                }
            }
            else if (bytes.Length >= width)
            {
                field._bytes = bytes[..width].ToArray();
                bytes = bytes[width..];
            }
            else
            {
                return false;
            }

            _children.Add(field);
        }

        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private byte[] Payload()
    {
        if (_bytes is not null)
        {
            return _bytes;
        }

        using var stream = new MemoryStream();
        foreach (var child in _children)
        {
            Varint(stream, ((ulong)child._field << 3) | (uint)child._wire);
            if (child._wire == 0)
            {
                Varint(stream, child._number);
                continue;
            }

            byte[] payload = child.Payload();
            if (child._wire == 2)
            {
                Varint(stream, (ulong)Math.Max(0, payload.Length + child._lie));
            }

            stream.Write(payload);
        }

        return stream.ToArray();
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
