using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MedTune.Tests.House;

/// <summary>The switches of <c>./test</c>'s modes really take instructions away: a switch without effect would test nothing.</summary>
public sealed class InstructionSetModeTests
{
    [Fact]
    [Trait("Category", "InstructionSet")]
    public void Machine_InThisMode_IsAsWideAsExpected()
    {
        string found =
            Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? "Vector512" :
            Avx2.IsSupported && Fma.IsSupported ? "Vector256" :
            AdvSimd.IsSupported ? "Vector128" : "Scalar";
        string? expected = Environment.GetEnvironmentVariable("MEDTUNE_EXPECTED_INSTRUCTION_SET");
        Assert.Equal(expected ?? found, found);
    }
}
