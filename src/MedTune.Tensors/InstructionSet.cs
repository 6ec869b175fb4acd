namespace MedTune.Tensors;

/// <summary>The widest kind of loop this process runs. All of them give the same bits; they differ in speed only.</summary>
public enum InstructionSet
{
    /// <summary>One element at a time, with fused multiply-add in hardware or in software.</summary>
    Scalar = 0,

    /// <summary>4 floats at a time: Arm AdvSimd.</summary>
    Vector128 = 128,

    /// <summary>8 floats at a time: x86 AVX2 with FMA.</summary>
    Vector256 = 256,

    /// <summary>16 floats at a time: x86 AVX-512.</summary>
    Vector512 = 512,
}
