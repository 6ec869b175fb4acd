using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MedTune.Tensors;

/// <summary>Which loops this process runs.</summary>
public static class InstructionSets
{
    /// <summary>The widest kind of loop that the hardware and the runtime's switches (<c>DOTNET_EnableAVX512=0</c> ...) allow.</summary>
    /// <remarks>
    /// A width counts only where it has a fused multiply-add: without one the vector loops would round twice. So x86 without AVX2 and FMA
    /// runs <see cref="InstructionSet.Scalar"/>. The JIT folds this property to a constant.
    /// </remarks>
    public static InstructionSet Active
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            {
                return InstructionSet.Vector512;
            }

            if (Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported)
            {
                return InstructionSet.Vector256;
            }

            return Vector128.IsHardwareAccelerated && AdvSimd.Arm64.IsSupported ? InstructionSet.Vector128 : InstructionSet.Scalar;
        }
    }
}
