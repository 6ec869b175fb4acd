namespace MedTune.Tensors;

/// <summary>Some floats side by side, so that a formula is written once and runs on every vector width and on single floats with the same bits.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <remarks>
/// Every operation is exact or rounded once, as IEEE 754 says, and acts on each lane alone. A comparison gives a mask: all bits set in the
/// lanes where it holds, none elsewhere. The <c>Bits</c> operations treat a lane as a 32-bit integer.
/// </remarks>
public interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The first lane.</summary>
    float First { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>The same 32 bits in every lane.</summary>
    static abstract TSelf CreateBits(int bits);

    /// <summary>Reads <see cref="Count"/> consecutive floats.</summary>
    static abstract TSelf Load(ref readonly float source);

    /// <summary>Writes <see cref="Count"/> consecutive floats.</summary>
    void Store(ref float destination);

    /// <summary>x + y.</summary>
    static abstract TSelf operator +(TSelf x, TSelf y);

    /// <summary>x - y.</summary>
    static abstract TSelf operator -(TSelf x, TSelf y);

    /// <summary>x * y.</summary>
    static abstract TSelf operator *(TSelf x, TSelf y);

    /// <summary>x / y.</summary>
    static abstract TSelf operator /(TSelf x, TSelf y);

    /// <summary>x with its sign bit turned.</summary>
    static abstract TSelf operator -(TSelf x);

    /// <summary>x * y + z, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

    /// <summary>The square root, NaN below zero.</summary>
    static abstract TSelf SquareRoot(TSelf x);

    /// <summary>x without its sign bit.</summary>
    static abstract TSelf Absolute(TSelf x);

    /// <summary>The smaller, -0 before +0, NaN when either is NaN (IEEE 754-2019 <c>minimum</c>).</summary>
    static abstract TSelf Minimum(TSelf x, TSelf y);

    /// <summary>The larger, +0 before -0, NaN when either is NaN (IEEE 754-2019 <c>maximum</c>).</summary>
    static abstract TSelf Maximum(TSelf x, TSelf y);

    /// <summary>The bound where x is less, x elsewhere: NaN passes.</summary>
    static abstract TSelf AtLeast(TSelf x, TSelf bound);

    /// <summary>The bound where x is greater, x elsewhere: NaN passes.</summary>
    static abstract TSelf AtMost(TSelf x, TSelf bound);

    /// <summary>The largest whole number not above x.</summary>
    static abstract TSelf Floor(TSelf x);

    /// <summary>The smallest whole number not below x.</summary>
    static abstract TSelf Ceiling(TSelf x);

    /// <summary>The nearest whole number, halves to the even one.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>Mask of x &lt; y; not set for NaN.</summary>
    static abstract TSelf LessThan(TSelf x, TSelf y);

    /// <summary>Mask of x = y; not set for NaN.</summary>
    static abstract TSelf Equal(TSelf x, TSelf y);

    /// <summary>x where the mask is set, y elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf x, TSelf y);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf And(TSelf x, TSelf y);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf Or(TSelf x, TSelf y);

    /// <summary>Integer sum of the bits, wrapping.</summary>
    static abstract TSelf AddBits(TSelf x, TSelf y);

    /// <summary>Integer difference of the bits, wrapping.</summary>
    static abstract TSelf SubtractBits(TSelf x, TSelf y);

    /// <summary>The bits shifted left, zeros coming in.</summary>
    static abstract TSelf ShiftLeft(TSelf x, int count);

    /// <summary>The bits shifted right, copies of the top bit coming in.</summary>
    static abstract TSelf ShiftRight(TSelf x, int count);
}
