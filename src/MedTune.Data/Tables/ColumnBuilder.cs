using System.Runtime.InteropServices;

namespace MedTune.Data;

/// <summary>Collects the cells of one column: every distinct text is kept once, as UTF-8.</summary>
internal sealed class ColumnBuilder(string name, int index)
{
    private int[] _codes = new int[16];
    private int _count;
    private byte[] _pool = new byte[64];
    private int[] _ends = new int[8];
    private uint[] _hashes = new uint[8];
    private int _distinct;
    private int[] _slots = NewSlots(16); // code of the text in this slot, or -1
    private int _trimmed;
    private int _lastCode = -1;

    /// <summary>The column's name.</summary>
    public string Name => name;

    /// <summary>Cells that had white space around their text.</summary>
    public int Trimmed => _trimmed;

    /// <summary>Appends the cell of the next row.</summary>
    /// <exception cref="DataException">The column holds more than 2 GB of distinct text.</exception>
    public void Append(ReadOnlySpan<byte> cell)
    {
        if (CellText.MayNeedTrim(cell))
        {
            ReadOnlySpan<byte> trimmed = CellText.Trim(cell);
            _trimmed += trimmed.Length != cell.Length ? 1 : 0;
            cell = trimmed;
        }

        if (_count == _codes.Length)
        {
            Array.Resize(ref _codes, 2 * _count);
        }

        // Neighboring rows often agree, which saves the hash.
        _lastCode = _lastCode >= 0 && TextOf(_lastCode).SequenceEqual(cell) ? _lastCode : CodeOf(cell);
        _codes[_count++] = _lastCode;
    }

    /// <summary>The finished column.</summary>
    public TableColumn Build()
    {
        int poolLength = _distinct == 0 ? 0 : _ends[_distinct - 1];
        return new TableColumn(name, index, _codes.AsSpan(0, _count).ToArray(), _pool.AsSpan(0, poolLength).ToArray(),
            _ends.AsSpan(0, _distinct).ToArray(), _trimmed);
    }

    private ReadOnlySpan<byte> TextOf(int code)
    {
        int start = code == 0 ? 0 : _ends[code - 1];
        return _pool.AsSpan(start, _ends[code] - start);
    }

    private int CodeOf(ReadOnlySpan<byte> cell)
    {
        uint hash = HashOf(cell);
        int mask = _slots.Length - 1;
        int slot = (int)(hash & (uint)mask);
        while (_slots[slot] >= 0)
        {
            int code = _slots[slot];
            if (_hashes[code] == hash && TextOf(code).SequenceEqual(cell))
            {
                return code;
            }

            slot = (slot + 1) & mask;
        }

        return Add(cell, hash, slot);
    }

    private int Add(ReadOnlySpan<byte> cell, uint hash, int slot)
    {
        int start = _distinct == 0 ? 0 : _ends[_distinct - 1];
        if ((long)start + cell.Length > Array.MaxLength)
        {
            throw new DataException($"The column '{name}' holds more than 2 GB of text: leave it out of the file.");
        }

        if (start + cell.Length > _pool.Length)
        {
            Array.Resize(ref _pool, (int)Math.Min(Array.MaxLength, Math.Max(2L * _pool.Length, start + cell.Length)));
        }

        if (_distinct == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _distinct);
            Array.Resize(ref _hashes, 2 * _distinct);
        }

        cell.CopyTo(_pool.AsSpan(start));
        _ends[_distinct] = start + cell.Length;
        _hashes[_distinct] = hash;
        _slots[slot] = _distinct++;
        if (2 * _distinct > _slots.Length)
        {
            Grow();
        }

        return _distinct - 1;
    }

    private void Grow()
    {
        _slots = NewSlots(2 * _slots.Length);
        int mask = _slots.Length - 1;
        for (int code = 0; code < _distinct; code++)
        {
            int slot = (int)(_hashes[code] & (uint)mask);
            while (_slots[slot] >= 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = code;
        }
    }

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }

    // Multiply and fold, eight bytes a step. Only the speed depends on it, never a result.
    private static uint HashOf(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E37_79B9_7F4A_7C15;
        ulong hash = (ulong)text.Length * Factor;
        while (text.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * Factor;
            hash ^= hash >> 29;
            text = text[8..];
        }

        ulong rest = 0;
        foreach (byte b in text)
        {
            rest = (rest << 8) | b;
        }

        hash = (hash ^ rest) * Factor;
        return (uint)(hash ^ (hash >> 32));
    }
}
