using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Tensors;

/// <summary>The runs with a width switched off must really have it off, or they test nothing.</summary>
[Trait("Category", "InstructionSet")]
public sealed class InstructionSetTests(ITestOutputHelper output)
{
    /// <summary>The test script sets this to the width it asked for by DOTNET_Enable...: Vector512, Vector256, Vector128 or Scalar.</summary>
    private const string Variable = "MEDTUNE_EXPECTED_INSTRUCTION_SET";

    [Fact]
    public void Active_ExpectedByTheScript_IsThatOrTheWidestTheHardwareHas()
    {
        string? asked = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(asked))
        {
            output.WriteLine($"{Variable} is not set; this process runs {InstructionSets.Active}.");
            return;
        }

        InstructionSet expected = Enum.Parse<InstructionSet>(asked);
        InstructionSet widest = WidestOfHardware();
        Assert.Equal(expected < widest ? expected : widest, InstructionSets.Active);
    }

    /// <summary>Read from the operating system, since the runtime's own answer follows the switches.</summary>
    private static InstructionSet WidestOfHardware()
    {
        if (RuntimeInformation.ProcessArchitecture == Architecture.Arm64)
        {
            return InstructionSet.Vector128;
        }

        const string Description = "/proc/cpuinfo";
        if (!File.Exists(Description))
        {
            return Avx512F.IsSupported ? InstructionSet.Vector512 : Avx2.IsSupported ? InstructionSet.Vector256 : InstructionSet.Scalar;
        }

        string flags = File.ReadLines(Description).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? "";
        string[] words = flags.Split(' ');

        // The runtime's AVX-512 needs these four groups beside the foundation.
        string[] wide = ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"];
        return wide.All(words.Contains) ? InstructionSet.Vector512
            : words.Contains("avx2") && words.Contains("fma") ? InstructionSet.Vector256
            : InstructionSet.Scalar;
    }
}
