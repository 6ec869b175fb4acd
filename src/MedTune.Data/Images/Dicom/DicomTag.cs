using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>The number of a DICOM attribute, written (gggg,eeee) in hexadecimal digits.</summary>
/// <param name="Group">The group, such as 0x0028 for the description of the pixels.</param>
/// <param name="Element">The element within the group.</param>
public readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    /// <summary>Group and element as one number, in the order in which a file lists its attributes.</summary>
    public uint Number => ((uint)Group << 16) | Element;

    /// <inheritdoc/>
    public int CompareTo(DicomTag other) => Number.CompareTo(other.Number);

    /// <summary>Whether one tag stands before another in a file.</summary>
    /// <param name="left">One tag.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(DicomTag left, DicomTag right) => left.Number < right.Number;

    /// <summary>Whether one tag stands after another in a file.</summary>
    /// <param name="left">One tag.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(DicomTag left, DicomTag right) => left.Number > right.Number;

    /// <summary>Whether one tag stands before another in a file, or is the same.</summary>
    /// <param name="left">One tag.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Number <= right.Number;

    /// <summary>Whether one tag stands after another in a file, or is the same.</summary>
    /// <param name="left">One tag.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Number >= right.Number;

    /// <summary>The tag as the standard writes it: <c>(0028,0010)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");

    internal static DicomTag Of(uint number) => new((ushort)(number >> 16), (ushort)number);
}
