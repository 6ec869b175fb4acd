using System.Runtime.InteropServices;

namespace MedTune.Training;

/// <summary>What a finished fit leaves behind: named arrays (weights, margins, how far it got). Floats are kept exactly.</summary>
public sealed class FitRecord
{
    private readonly SortedDictionary<string, double[]> _arrays = new(StringComparer.Ordinal);

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => _arrays.Keys;

    /// <summary>An array by name.</summary>
    /// <exception cref="KeyNotFoundException">The record has no such array.</exception>
    public double[] this[string name]
    {
        get => _arrays.TryGetValue(name, out double[]? values)
            ? values
            : throw new KeyNotFoundException($"The finished fit holds no array '{name}'; it has {string.Join(", ", _arrays.Keys)}.");
        set => _arrays[name] = value;
    }

    /// <summary>Sets an array from floats; every float is a double, so nothing is lost.</summary>
    public void SetFloats(string name, ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        _arrays[name] = wide;
    }

    /// <summary>An array that was set from floats.</summary>
    public float[] Floats(string name) => Array.ConvertAll(this[name], value => (float)value);

    /// <summary>Sets an array from many floats, two of them in the place of a double, bit by bit.</summary>
    public void SetPackedFloats(string name, ReadOnlySpan<float> values)
    {
        var packed = new double[(values.Length + 1) / 2];
        values.CopyTo(MemoryMarshal.Cast<double, float>(packed.AsSpan()));
        _arrays[name] = packed;
    }

    /// <summary>An array that was set from packed floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">How many there were.</param>
    /// <exception cref="InvalidDataException">There were not so many.</exception>
    public float[] PackedFloats(string name, int length)
    {
        double[] packed = this[name];
        return packed.Length == (length + 1) / 2
            ? MemoryMarshal.Cast<double, float>(packed.AsSpan())[..length].ToArray()
            : throw new InvalidDataException($"The finished fit holds {packed.Length * 2} numbers as '{name}'; {length} were expected.");
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(_arrays.Count);
        foreach (var (name, values) in _arrays)
        {
            writer.Write(name);
            writer.Write(values.Length);
            writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    internal static FitRecord Read(BinaryReader reader)
    {
        var record = new FitRecord();
        int arrays = reader.ReadInt32();
        for (int i = 0; i < arrays; i++)
        {
            string name = reader.ReadString();
            int length = reader.ReadInt32();
            long left = reader.BaseStream.Length - reader.BaseStream.Position;
            if (length < 0 || (long)length * sizeof(double) > left)
            {
                throw new InvalidDataException("A record of the checkpoint is longer than its file.");
            }

            var values = new double[length];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            record._arrays[name] = values;
        }

        return record;
    }
}
