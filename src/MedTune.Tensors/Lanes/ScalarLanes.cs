using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>A single float: the same formulas where there are no vectors.</summary>
internal readonly struct ScalarLanes(float value) : ILanes<ScalarLanes>
{
    private readonly float _value = value;

    public static int Count => 1;

    public float First => _value;

    private int Bits => BitConverter.SingleToInt32Bits(_value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Create(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes CreateBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Load(ref readonly float source) => new(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes operator +(ScalarLanes x, ScalarLanes y) => new(x._value + y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes operator -(ScalarLanes x, ScalarLanes y) => new(x._value - y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes operator *(ScalarLanes x, ScalarLanes y) => new(x._value * y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes operator /(ScalarLanes x, ScalarLanes y) => new(x._value / y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes operator -(ScalarLanes x) => FromBits(x.Bits ^ int.MinValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes MultiplyAdd(ScalarLanes x, ScalarLanes y, ScalarLanes z) => new(MathF.FusedMultiplyAdd(x._value, y._value, z._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes SquareRoot(ScalarLanes x) => new(MathF.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Absolute(ScalarLanes x) => FromBits(x.Bits & int.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Minimum(ScalarLanes x, ScalarLanes y) => new(MathF.Min(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Maximum(ScalarLanes x, ScalarLanes y) => new(MathF.Max(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes AtLeast(ScalarLanes x, ScalarLanes bound) => x._value < bound._value ? bound : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes AtMost(ScalarLanes x, ScalarLanes bound) => x._value > bound._value ? bound : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Floor(ScalarLanes x) => new(MathF.Floor(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Ceiling(ScalarLanes x) => new(MathF.Ceiling(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Round(ScalarLanes x) => new(MathF.Round(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes LessThan(ScalarLanes x, ScalarLanes y) => Mask(x._value < y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Equal(ScalarLanes x, ScalarLanes y) => Mask(x._value == y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Select(ScalarLanes mask, ScalarLanes x, ScalarLanes y) => FromBits((mask.Bits & x.Bits) | (~mask.Bits & y.Bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes And(ScalarLanes x, ScalarLanes y) => FromBits(x.Bits & y.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes Or(ScalarLanes x, ScalarLanes y) => FromBits(x.Bits | y.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes AddBits(ScalarLanes x, ScalarLanes y) => FromBits(x.Bits + y.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes SubtractBits(ScalarLanes x, ScalarLanes y) => FromBits(x.Bits - y.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes ShiftLeft(ScalarLanes x, int count) => FromBits(x.Bits << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLanes ShiftRight(ScalarLanes x, int count) => FromBits(x.Bits >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination) => destination = _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLanes FromBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLanes Mask(bool holds) => FromBits(holds ? -1 : 0);
}
